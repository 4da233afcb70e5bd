import { setTimeout as wait } from 'node:timers/promises';
import { Job, type Queue } from 'bullmq';
import { AppError } from '../../core/index.js';
import type { RequestPresence } from './presence.js';
import { workerAnswerSchema, type WorkerRequest } from './protocol.js';

/** Asks any worker something and waits for its answer. */
export interface WorkerAsker {
  /**
   * @param signal the caller has gone
   * @returns the worker's result, unchecked
   * @throws AppError `NO_WORKER` when none is there, `WORKER_TIMEOUT`, or what the worker answered
   */
  ask(request: WorkerRequest, options: { timeoutMs: number; signal?: AbortSignal }): Promise<unknown>;
}

const RETENTION = { age: 300, count: 200 } as const;
const MAX_POLL_MS = 400;

/**
 * The answer is polled for, not waited for with BullMQ's QueueEvents: those need a blocking connection of their own,
 * and a lost event would lose the answer.
 * @param queue gives BullMQ's queue of requests, which is opened when it is first needed
 */
export function openWorkerAsker(presence: RequestPresence, queue: () => Queue): WorkerAsker {
  return {
    async ask(request, { timeoutMs, signal }) {
      if ((await presence.present()) === 0) throw new AppError('NO_WORKER', 'No worker is alive');
      const job = await queue().add(request.kind, request, {
        removeOnComplete: RETENTION,
        removeOnFail: RETENTION,
      });
      const deadline = Date.now() + timeoutMs;
      for (
        let pause = 50;
        Date.now() < deadline && !signal?.aborted;
        pause = Math.min(pause * 1.5, MAX_POLL_MS)
      ) {
        await wait(pause);
        const seen = await Job.fromId(queue(), job.id!);
        if (seen?.finishedOn !== undefined) return resultOf(seen);
      }
      // One that no worker has taken yet need not be answered any more.
      await job.remove().catch(() => undefined);
      throw new AppError('WORKER_TIMEOUT', `No worker answered within ${timeoutMs / 1000} s`);
    },
  };
}

function resultOf(job: Job): unknown {
  const answer = workerAnswerSchema.safeParse(job.returnvalue);
  if (!answer.success) throw new AppError('WORKER_TIMEOUT', 'The worker ended before it had answered');
  if (answer.data.ok) return answer.data.result;
  throw new AppError(answer.data.code, answer.data.message);
}
