import { defineScript } from './script.js';

/**
 * Notes the end of a run once, adds it to the sums of its day and to those of its week by device, and drops old runs.
 * Devices above the bound of a week are summed up as one, '*': a header made to name ever new ones costs no more.
 * KEYS: runs by time, runs, sums of the day, sums of the week, devices of the week.
 * ARGV: correlation id, time, oldest to keep, run, sums of the day, their expiry (s), sums of the week by device, their
 * expiry (s), bound of devices.
 */
export const ADD_RUN = defineScript({
  name: 'add-run',
  keys: 5,
  lua: `
if redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[4])
for field, value in pairs(cjson.decode(ARGV[5])) do redis.call('HINCRBYFLOAT', KEYS[3], field, value) end
redis.call('EXPIRE', KEYS[3], ARGV[6])
for device, sums in pairs(cjson.decode(ARGV[7])) do
  if redis.call('SISMEMBER', KEYS[5], device) == 0 then
    if redis.call('SCARD', KEYS[5]) < tonumber(ARGV[9]) then redis.call('SADD', KEYS[5], device) else device = '*' end
  end
  for field, value in pairs(sums) do redis.call('HINCRBYFLOAT', KEYS[4], device .. '\t' .. field, value) end
  redis.call('EXPIRE', KEYS[4], ARGV[8])
  redis.call('EXPIRE', KEYS[5], ARGV[8])
end
local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[3], 'LIMIT', 0, 1000)
for _, id in ipairs(old) do redis.call('HDEL', KEYS[2], id) redis.call('ZREM', KEYS[1], id) end
return 1`,
});
