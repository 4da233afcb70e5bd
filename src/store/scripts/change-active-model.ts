import { defineScript } from './script.js';

// The comparison of the shadow begins anew with another active model; a shadow that becomes active ends.
const RESTART_SHADOW = `if redis.call('HGET', KEYS[3], 'id') == ARGV[1] then redis.call('DEL', KEYS[3])
elseif redis.call('EXISTS', KEYS[3]) == 1 then redis.call('HSET', KEYS[3], 'against', ARGV[1], 'since', ARGV[3]) end
redis.call('DEL', KEYS[4])
redis.call('LPUSH', KEYS[2], ARGV[2])
redis.call('LTRIM', KEYS[2], 0, tonumber(ARGV[5]) - 1)
return 1`;

/**
 * Makes a model the active one.
 * KEYS: activations, history, shadow, agreement.
 * ARGV: model, line of the history, time, activation, lines of history to keep, activations to keep.
 */
export const ACTIVATE_MODEL = defineScript({
  name: 'activate-model',
  keys: 4,
  lua: `
redis.call('LPUSH', KEYS[1], ARGV[4])
redis.call('LTRIM', KEYS[1], 0, tonumber(ARGV[6]) - 1)
${RESTART_SHADOW}`,
});

/**
 * Takes back the latest activation, if it is the one expected.
 * KEYS: activations, history, shadow, agreement.
 * ARGV: model that is active then, line of the history, time, model expected, lines of history to keep.
 * Returns 0 when another one is the latest by now.
 */
export const ROLL_BACK_MODEL = defineScript({
  name: 'roll-back-model',
  keys: 4,
  lua: `
local top = redis.call('LINDEX', KEYS[1], 0)
if not top or cjson.decode(top).id ~= ARGV[4] then return 0 end
redis.call('LPOP', KEYS[1])
${RESTART_SHADOW}`,
});
