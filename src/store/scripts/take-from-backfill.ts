import { defineScript } from './script.js';

/**
 * The next study of a backfill whose time has come, or one that was taken and never queued.
 * KEYS: backfill, remaining, taken. ARGV: now, taken before this is free again, most that may be made up for (ms).
 * Returns the study, or nil.
 */
export const TAKE_FROM_BACKFILL = defineScript({
  name: 'take-from-backfill',
  keys: 3,
  lua: `
if redis.call('HGET', KEYS[1], 'state') ~= 'running' then return false end
local now = tonumber(ARGV[1])
local lost = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[2], 'LIMIT', 0, 1)[1]
local study = lost
if not study then
  local next = tonumber(redis.call('HGET', KEYS[1], 'nextAt') or '0')
  if next > now then return false end
  study = redis.call('LPOP', KEYS[2])
  if not study then return false end
  local interval = 60000 / tonumber(redis.call('HGET', KEYS[1], 'perMinute'))
  redis.call('HSET', KEYS[1], 'nextAt', tostring(math.max(next, now - tonumber(ARGV[3])) + interval))
end
redis.call('ZADD', KEYS[3], now, study)
return study`,
});
