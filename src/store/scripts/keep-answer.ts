import { defineScript } from './script.js';

/**
 * Keeps the answer to a request with an Idempotency-Key, if the key is still held by that request:
 * one that ran too long must not overwrite the answer of its successor.
 * KEYS: idempotency key. ARGV: owner, entry with the answer, expiry (ms).
 */
export const KEEP_ANSWER = defineScript({
  name: 'keep-answer',
  keys: 1,
  lua: `
local kept = redis.call('GET', KEYS[1])
if kept and cjson.decode(kept).owner == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return 0`,
});
