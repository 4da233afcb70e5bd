import { defineScript } from './script.js';

/**
 * Adds a webhook, unless there are as many as are allowed.
 * KEYS: webhooks. ARGV: id, webhook, most allowed. Returns 0 when nothing was added.
 */
export const ADD_WEBHOOK = defineScript({
  name: 'add-webhook',
  keys: 1,
  lua: `
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])`,
});
