import { defineScript } from './script.js';
import { OUTCOMES } from '../../core/index.js';
import { STUDY_STATES } from '../ledger/study-record.js';

/**
 * Forgets a study: record, timeline, requests and index.
 * KEYS: record, timeline, forced, channels, studies, arrived, quarantine, superseded, then the sets of outcomes
 * and states.
 * ARGV: study, begin of the names of the sets of channels; then, to remove it only if it has not changed since and
 * rests: time of its last change, and the states (as JSON) in which it does not rest. Returns 1 when it was removed.
 */
export const REMOVE_STUDY = defineScript({
  name: 'remove-study',
  keys: 8 + OUTCOMES.length + STUDY_STATES.length,
  lua: `
local uid, changed = ARGV[1], ARGV[3]
if changed then
  if tonumber(redis.call('ZSCORE', KEYS[5], uid) or '-1') ~= tonumber(changed) then return 0 end
  if redis.call('ZSCORE', KEYS[7], uid) or redis.call('HEXISTS', KEYS[3], uid) == 1 then return 0 end
  local state = redis.pcall('HGET', KEYS[1], 'state')
  for i = 4, #ARGV do if state == ARGV[i] then return 0 end end
end
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('HDEL', KEYS[3], uid)
for i = 5, #KEYS do redis.call('ZREM', KEYS[i], uid) end
for _, name in ipairs(redis.call('SMEMBERS', KEYS[4])) do
  redis.call('ZREM', ARGV[2] .. name, uid)
  if redis.call('EXISTS', ARGV[2] .. name) == 0 then redis.call('SREM', KEYS[4], name) end
end
return 1`,
});
