import type { Redis } from 'ioredis';

/** Longer than any run with its tries; a wish that outlives its run is never asked for again. */
const KEPT_SECONDS = 7 * 24 * 3600;

/** KEYS: the run's wish. ARGV: number of a class (smaller: more urgent), expiry (s). */
const NOTE = `
local wanted = math.min(tonumber(ARGV[1]), tonumber(redis.call('GET', KEYS[1]) or ARGV[1]))
redis.call('SET', KEYS[1], wanted, 'EX', ARGV[2])
return wanted`;

/**
 * Notes in which class somebody wants the run that follows one under way.
 * @param run BullMQ's id of the job that runs
 * @param number of the class, as in `priorityNumber`
 * @returns the number of the most urgent class of all that asked during that run
 */
export async function noteWish(redis: Redis, prefix: string, run: string, number: number): Promise<number> {
  return Number(await redis.eval(NOTE, 1, `${prefix}:follow-up:${run}`, number, KEPT_SECONDS));
}
