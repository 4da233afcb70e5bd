import { defineScript } from './script.js';

/**
 * Frees an Idempotency-Key whose request failed, if it is still held by that request.
 * KEYS: idempotency key. ARGV: owner.
 */
export const RELEASE_ANSWER = defineScript({
  name: 'release-answer',
  keys: 1,
  lua: `
local kept = redis.call('GET', KEYS[1])
if kept and cjson.decode(kept).owner == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0`,
});
