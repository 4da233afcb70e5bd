import { defineScript } from './script.js';

/**
 * Counts a study that was queued, and ends the backfill with its last one.
 * KEYS: backfill, remaining, taken, running. ARGV: study, id, time as text, expiry (s). Returns 1 at the end, else 0.
 */
export const FINISH_BACKFILL_STUDY = defineScript({
  name: 'finish-backfill-study',
  keys: 4,
  lua: `
if redis.call('ZREM', KEYS[3], ARGV[1]) == 1 then redis.call('HINCRBY', KEYS[1], 'done', 1) end
if redis.call('HGET', KEYS[1], 'state') ~= 'running' then return 0 end
if redis.call('LLEN', KEYS[2]) + redis.call('ZCARD', KEYS[3]) > 0 then return 0 end
redis.call('HSET', KEYS[1], 'state', 'done', 'endedAt', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('SREM', KEYS[4], ARGV[2])
return 1`,
});
