import { defineScript } from './script.js';

/**
 * Ends a round of arrival that was queued. A signal that came between reading and ending has given it a newer
 * time: then it goes on under a new id.
 * KEYS: quiet, rounds. ARGV: study, time at which it was due, new id. Returns 1 when it has ended.
 */
export const END_ROUND = defineScript({
  name: 'end-round',
  keys: 2,
  lua: `
if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then
  redis.call('HDEL', KEYS[2], ARGV[1])
  return redis.call('ZREM', KEYS[1], ARGV[1])
end
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then redis.call('HSET', KEYS[2], ARGV[1], ARGV[3]) end
return 0`,
});
