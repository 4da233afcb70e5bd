import { defineScript } from './script.js';

/**
 * Frees a lock that is still held by its owner.
 * KEYS: lock. ARGV: owner.
 */
export const RELEASE_LOCK = defineScript({
  name: 'release-lock',
  keys: 1,
  lua: `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`,
});
