import { defineScript } from './script.js';

/**
 * Closes a request for a forced run, unless another was made meanwhile.
 * KEYS: forced. ARGV: study, request.
 */
export const CLEAR_FORCE = defineScript({
  name: 'clear-force',
  keys: 1,
  lua: `
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end
return 0`,
});
