import { defineScript } from './script.js';

/**
 * Writes a record in the form of this version, unless somebody else has migrated or removed it meanwhile.
 * KEYS: record. ARGV: schema as it was read (empty: none), fields as JSON: `set`, `drop`. Returns 1 when it was written.
 */
export const MIGRATE_STUDY = defineScript({
  name: 'migrate-study',
  keys: 1,
  lua: `
local kind = redis.call('TYPE', KEYS[1]).ok
if kind ~= 'hash' or (redis.call('HGET', KEYS[1], 'schema') or '') ~= ARGV[1] then return 0 end
local change = cjson.decode(ARGV[2])
for field, value in pairs(change.set) do redis.call('HSET', KEYS[1], field, value) end
for _, field in ipairs(change.drop) do redis.call('HDEL', KEYS[1], field) end
return 1`,
});
