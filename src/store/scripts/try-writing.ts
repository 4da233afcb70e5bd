import { defineScript } from './script.js';

/**
 * Writes two keys and reads one: what a Redis can do that the queue can work with. A cluster refuses two keys in a script.
 * KEYS: two keys of ours. ARGV: a value, and for how many ms it stays.
 */
export const TRY_WRITING = defineScript({
  name: 'try-writing',
  keys: 2,
  lua: `
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return redis.call('GET', KEYS[1])`,
});
