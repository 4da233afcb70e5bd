import { defineScript } from './script.js';

/**
 * Notes a priority for the run that follows one under way; the most urgent of all that were requested stays.
 * KEYS: requested priority of the run. ARGV: number of a class (smaller: more urgent), expiry (s). Returns the number.
 */
export const REQUEST_PRIORITY = defineScript({
  name: 'request-priority',
  keys: 1,
  lua: `
local wanted = math.min(tonumber(ARGV[1]), tonumber(redis.call('GET', KEYS[1]) or ARGV[1]))
redis.call('SET', KEYS[1], wanted, 'EX', ARGV[2])
return wanted`,
});
