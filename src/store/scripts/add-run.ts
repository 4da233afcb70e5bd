import { defineScript } from './script.js';

/**
 * Notes the end of a run once, adds it to the sums of its day and drops old runs.
 * KEYS: runs by time, runs, sums of the day. ARGV: correlation id, time, oldest to keep, run, sums, expiry (s).
 */
export const ADD_RUN = defineScript({
  name: 'add-run',
  keys: 3,
  lua: `
if redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[4])
for field, value in pairs(cjson.decode(ARGV[5])) do redis.call('HINCRBYFLOAT', KEYS[3], field, value) end
redis.call('EXPIRE', KEYS[3], ARGV[6])
local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[3], 'LIMIT', 0, 1000)
for _, id in ipairs(old) do redis.call('HDEL', KEYS[2], id) redis.call('ZREM', KEYS[1], id) end
return 1`,
});
