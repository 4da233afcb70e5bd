import { defineScript } from './script.js';

/**
 * Ends a backfill before its last study.
 * KEYS: backfill, remaining, taken, running. ARGV: id, time as text, expiry (s). Returns 0 when it had ended already.
 */
export const CANCEL_BACKFILL = defineScript({
  name: 'cancel-backfill',
  keys: 4,
  lua: `
if redis.call('HGET', KEYS[1], 'state') ~= 'running' then return 0 end
redis.call('HSET', KEYS[1], 'state', 'cancelled', 'endedAt', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('SREM', KEYS[4], ARGV[1])
return 1`,
});
