import { defineScript } from './script.js';
import { OUTCOMES } from '../../core/index.js';
import { STUDY_STATES } from '../ledger/study-record.js';

/**
 * Changes a record and every sorted set it belongs to, so that no reader sees one without the other. All sets hold
 * studies by the time of their last change; `arrived` by the time they were first seen.
 * KEYS: record, studies, arrived, quarantine, channels, superseded, then the sets of outcomes and states.
 * ARGV: study, time (empty: as it was; for making the index anew), change as JSON, begin of the names of the sets of
 * channels: which channels there are is the model's to say, so their sets cannot be named beforehand.
 * Returns the record as it is now; 0 where nothing was written, because an older version of this software wrote the
 * record and it has to be migrated first. What cannot be read does not keep the index from being made.
 */
export const CHANGE_STUDY = defineScript({
  name: 'change-study',
  keys: 6 + OUTCOMES.length + STUDY_STATES.length,
  lua: `
local uid, now, change = ARGV[1], ARGV[2], cjson.decode(ARGV[3])
local record = KEYS[1]
local kind = redis.call('TYPE', record).ok
if now == '' then
  now = redis.call('ZSCORE', KEYS[2], uid)
  if not now or kind ~= 'hash' then return 0 end
elseif kind == 'hash' and tonumber(redis.call('HGET', record, 'schema') or '0') < change.schema then
  return 0
end
if kind ~= 'hash' and kind ~= 'none' then redis.call('DEL', record) end
for field, text in pairs(change.spoiled) do
  if redis.call('HGET', record, field) == text then redis.call('HDEL', record, field) end
end
if kind ~= 'hash' then redis.call('HSET', record, 'schema', change.schema) end
if redis.call('HSETNX', record, 'studyInstanceUid', cjson.encode(uid)) == 1 then
  redis.call('ZADD', KEYS[3], 'NX', now, uid)
end
for field, value in pairs(change.first) do redis.call('HSETNX', record, field, value) end
for field, value in pairs(change.set) do redis.call('HSET', record, field, value) end
for _, field in ipairs(change.drop) do redis.call('HDEL', record, field) end
redis.call('ZADD', KEYS[2], now, uid)

local function index(key, belongs)
  if belongs then redis.call('ZADD', key, now, uid) else redis.call('ZREM', key, uid) end
end
local outcome = redis.call('HGET', record, 'outcome')
local state = redis.call('HGET', record, 'state')
local at = 6
for _, name in ipairs(change.outcomes) do at = at + 1 index(KEYS[at], outcome == '"' .. name .. '"') end
for _, name in ipairs(change.states) do at = at + 1 index(KEYS[at], state == '"' .. name .. '"') end
local discarded = redis.call('HEXISTS', record, 'discarded') == 1
index(KEYS[4], outcome == '"failed"' and state == '"done"' and not discarded)

local channels = KEYS[5]
if change.set.units or change.spoiled.units or change.rebuild then
  local present, holdsSuperseded = {}, false
  local good, units = pcall(cjson.decode, redis.call('HGET', record, 'units') or '[]')
  for _, unit in ipairs(good and type(units) == 'table' and units or {}) do
    local outcome = type(unit) == 'table' and unit.outcome
    if outcome == 'superseded' then
      holdsSuperseded = true
    elseif outcome and type(unit.channel) == 'string' then
      present[unit.channel] = true
      redis.call('SADD', channels, unit.channel)
    end
  end
  index(KEYS[6], holdsSuperseded)
  for _, name in ipairs(redis.call('SMEMBERS', channels)) do
    index(ARGV[4] .. name, present[name])
    if redis.call('EXISTS', ARGV[4] .. name) == 0 then redis.call('SREM', channels, name) end
  end
else
  redis.call('ZADD', KEYS[6], 'XX', now, uid)
  for _, name in ipairs(redis.call('SMEMBERS', channels)) do redis.call('ZADD', ARGV[4] .. name, 'XX', now, uid) end
end
return change.rebuild and 1 or redis.call('HGETALL', record)`,
});
