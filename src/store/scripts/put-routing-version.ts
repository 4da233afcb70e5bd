import { defineScript } from './script.js';

/**
 * Adds a version of the routing rules, unless another one came before.
 * KEYS: newest, versions. ARGV: newest version expected, number of the new one, version. Returns 0 when refused.
 */
export const PUT_ROUTING_VERSION = defineScript({
  name: 'put-routing-version',
  keys: 2,
  lua: `
local newest = tonumber(redis.call('GET', KEYS[1]) or '0')
if newest ~= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('SET', KEYS[1], ARGV[2])
return 1`,
});
