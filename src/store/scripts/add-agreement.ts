import { defineScript } from './script.js';

/**
 * Adds the comparison of a study, unless either model has changed meanwhile.
 * KEYS: shadow, agreement. ARGV: id, against, since, then pairs of field and amount, or '=' field and text.
 */
export const ADD_AGREEMENT = defineScript({
  name: 'add-agreement',
  keys: 2,
  lua: `
local state = redis.call('HMGET', KEYS[1], 'id', 'against', 'since')
for i = 1, 3 do if state[i] ~= ARGV[i] then return 0 end end
for i = 4, #ARGV, 2 do
  if string.sub(ARGV[i], 1, 1) == '=' then redis.call('HSET', KEYS[2], string.sub(ARGV[i], 2), ARGV[i + 1])
  else redis.call('HINCRBYFLOAT', KEYS[2], ARGV[i], ARGV[i + 1]) end
end
return 1`,
});
