import { defineScript } from './script.js';

/**
 * Changes a webhook that nobody else has changed meanwhile.
 * KEYS: webhooks. ARGV: id, webhook as it was read, webhook as it becomes. Returns 0 when it was changed.
 */
export const REPLACE_WEBHOOK = defineScript({
  name: 'replace-webhook',
  keys: 1,
  lua: `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1`,
});
