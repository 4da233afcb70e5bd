import { defineScript } from './script.js';

/**
 * Notes that a worker answers requests, and counts those that do, by Redis's own clock: those of machines differ.
 * KEYS: answering workers. ARGV: worker, or empty to count only; seconds after which one counts as gone.
 */
export const COUNT_ANSWERING = defineScript({
  name: 'count-answering',
  keys: 1,
  lua: `
local now = tonumber(redis.call('TIME')[1])
if ARGV[1] ~= '' then redis.call('ZADD', KEYS[1], now, ARGV[1]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[2]))
return redis.call('ZCARD', KEYS[1])`,
});
