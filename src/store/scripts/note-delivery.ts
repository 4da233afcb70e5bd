import { defineScript } from './script.js';

/**
 * Keeps what became of a delivery, and drops the oldest ones of its webhook.
 * KEYS: deliveries by time, deliveries. ARGV: id, delivery, time, deliveries to keep.
 */
export const NOTE_DELIVERY = defineScript({
  name: 'note-delivery',
  keys: 2,
  lua: `
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[1], 'NX', ARGV[3], ARGV[1])
local old = redis.call('ZRANGE', KEYS[1], 0, -1 - tonumber(ARGV[4]))
for _, id in ipairs(old) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
end`,
});
