import type { Job, Worker } from 'bullmq';
import type { RedisServer } from '../store/index.js';

/** A clock as wrong as this is not waited by. */
const MAX_SKEW_MS = 5000;
const LOOK_MS = 250;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * BullMQ keeps the time of a job's next try by the clock of the worker that failed, and any worker takes it up by its own: an
 * hour ahead, and the study waits an hour for the others. A worker whose clock is not that of Redis therefore waits out the
 * pause itself and gives the job back to be tried at once.
 * @param server whose clock counts
 * @param worker whose end ends the waiting
 */
export async function waitWhereClockIsWrong(
  job: Job,
  server: Pick<RedisServer, 'time'>,
  worker: Pick<Worker, 'closing'>,
): Promise<void> {
  if (!(await isClockWrong(server))) return;
  const pauseMs = pauseBefore(job);
  // Without a backoff BullMQ tries again at once. Only this copy of the job is changed, not what Redis keeps.
  delete job.opts.backoff;
  const until = performance.now() + pauseMs;
  while (performance.now() < until && !worker.closing) await pause(LOOK_MS);
}

/** Whether this process' clock and that of Redis are too far apart. */
export async function isClockWrong(server: Pick<RedisServer, 'time'>): Promise<boolean> {
  // A Redis that does not answer takes no job back either: then nothing is decided here.
  const time = await server.time().catch(() => undefined);
  return time !== undefined && Math.abs(Date.now() - time) > MAX_SKEW_MS;
}

/** Milliseconds until the next try of a job that failed now, as BullMQ reckons them. */
function pauseBefore({ opts: { backoff }, attemptsMade }: Job): number {
  if (typeof backoff !== 'object') return backoff ?? 0;
  return (backoff.delay ?? 0) * (backoff.type === 'exponential' ? 2 ** attemptsMade : 1);
}
