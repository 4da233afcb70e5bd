import type { Redis } from 'ioredis';
import type { StoreKeys } from '../keys.js';
import { REQUEST_PRIORITY } from '../scripts/request-priority.js';
import { runScript } from '../scripts/script.js';

/** Longer than any run with its tries; a priority that outlives its run is never asked for again. */
const RETENTION_SECONDS = 7 * 24 * 3600;

/**
 * Notes the priority that somebody requests for the run that follows one under way.
 * @param run BullMQ's id of the job that runs
 * @param number of the class, as in `priorityNumber`
 * @returns the number of the most urgent class of all that were requested during that run
 */
export async function requestPriority(
  redis: Redis,
  keys: StoreKeys['queue'],
  run: string,
  number: number,
): Promise<number> {
  const key = keys.requestedPriority(run);
  return Number(await runScript(redis, REQUEST_PRIORITY, [key], number, RETENTION_SECONDS));
}
