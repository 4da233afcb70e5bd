import { defineScript } from './script.js';

/**
 * Prolongs a lock that is still held by its owner.
 * KEYS: lock. ARGV: owner, expiry (ms).
 */
export const RENEW_LOCK = defineScript({
  name: 'renew-lock',
  keys: 1,
  lua: `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0`,
});
