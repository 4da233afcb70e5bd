import { setTimeout as wait } from 'node:timers/promises';
import { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Settings } from '../../config/index.js';
import { AppError } from '../../core/index.js';
import { openRequestPresence } from './presence.js';
import { REQUEST_QUEUE, workerAnswerSchema, type WorkerRequest } from './protocol.js';

/** Asks any worker something and waits for its answer. */
export interface WorkerAsker {
  /**
   * @param signal the caller has gone
   * @returns the worker's result, unchecked
   * @throws AppError `NO_WORKER` when none is there, `WORKER_TIMEOUT`, or what the worker answered
   */
  ask(request: WorkerRequest, options: { timeoutMs: number; signal?: AbortSignal }): Promise<unknown>;
}

const KEPT = { age: 300, count: 200 } as const;
const LONGEST_POLL_MS = 400;

/**
 * Opened on a connection of its caller's, which closes it. The answer is polled for, not waited for with BullMQ's
 * QueueEvents: those need a blocking connection of their own, and a lost event would lose the answer.
 */
export function openWorkerAsker(redis: Redis, settings: Settings['redis']): WorkerAsker {
  const presence = openRequestPresence(redis, settings);
  let opened: Queue | undefined;
  const queue = () => {
    if (opened) return opened;
    opened = new Queue(REQUEST_QUEUE, { connection: redis, prefix: settings.prefix });
    // Commands fail by themselves when Redis is away; without a listener BullMQ prints it as well.
    opened.on('error', () => undefined);
    return opened;
  };

  return {
    async ask(request, { timeoutMs, signal }) {
      if ((await presence.present()) === 0) throw new AppError('NO_WORKER', 'No worker is alive');
      const job = await queue().add(request.kind, request, { removeOnComplete: KEPT, removeOnFail: KEPT });
      const deadline = Date.now() + timeoutMs;
      for (
        let pause = 50;
        Date.now() < deadline && !signal?.aborted;
        pause = Math.min(pause * 1.5, LONGEST_POLL_MS)
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
