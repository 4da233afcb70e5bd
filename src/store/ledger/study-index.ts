import type { Redis } from 'ioredis';
import { OUTCOMES } from '../../core/index.js';
import { parsed } from './read-record.js';
import { STUDY_STATES } from './study-record.js';

/** Raised when the sets below change their meaning: the index is then made anew at the next start. */
const INDEX_VERSION = '2';

/**
 * Changes a record and every sorted set it belongs to, at once, so that no reader sees one without the other.
 * All sets hold studies by the time of their last change; `:index:arrived` by the time they were first seen.
 * `:index:channels` holds the names of all channels that have studies: which there are is the model's to say.
 * ARGV: keys' prefix, study, time (empty: as it was; for making the index anew), change as JSON.
 * Gives the record back as it is now. What cannot be read does not keep the index from being made.
 */
const CHANGE = `
local prefix, uid, now, change = ARGV[1], ARGV[2], ARGV[3], cjson.decode(ARGV[4])
local record = prefix .. ':study:' .. uid
local kind = redis.call('TYPE', record).ok
if now == '' then
  now = redis.call('ZSCORE', prefix .. ':studies', uid)
  if not now or kind ~= 'hash' then return 0 end
end
if kind ~= 'hash' then redis.call('DEL', record) end
for field, text in pairs(change.spoiled) do
  if redis.call('HGET', record, field) == text then redis.call('HDEL', record, field) end
end
if redis.call('HSETNX', record, 'studyInstanceUid', cjson.encode(uid)) == 1 then
  redis.call('ZADD', prefix .. ':index:arrived', 'NX', now, uid)
end
for field, value in pairs(change.first) do redis.call('HSETNX', record, field, value) end
for field, value in pairs(change.set) do redis.call('HSET', record, field, value) end
for _, field in ipairs(change.drop) do redis.call('HDEL', record, field) end
redis.call('ZADD', prefix .. ':studies', now, uid)

local function index(name, belongs)
  local key = prefix .. ':index:' .. name
  if belongs then redis.call('ZADD', key, now, uid) else redis.call('ZREM', key, uid) end
end
local outcome = redis.call('HGET', record, 'outcome')
local state = redis.call('HGET', record, 'state')
for _, name in ipairs(change.outcomes) do index('outcome:' .. name, outcome == '"' .. name .. '"') end
for _, name in ipairs(change.states) do index('state:' .. name, state == '"' .. name .. '"') end
local discarded = redis.call('HEXISTS', record, 'discarded') == 1
index('quarantine', outcome == '"failed"' and state == '"done"' and not discarded)

local channels = prefix .. ':index:channels'
if change.set.units or change.spoiled.units or change.rebuild then
  local present = {}
  local good, units = pcall(cjson.decode, redis.call('HGET', record, 'units') or '[]')
  for _, unit in ipairs(good and type(units) == 'table' and units or {}) do
    local belongs = type(unit) == 'table' and type(unit.channel) == 'string' and unit.outcome ~= 'superseded'
    if belongs then
      present[unit.channel] = true
      redis.call('SADD', channels, unit.channel)
    end
  end
  for _, name in ipairs(redis.call('SMEMBERS', channels)) do
    index('channel:' .. name, present[name])
    if redis.call('EXISTS', prefix .. ':index:channel:' .. name) == 0 then redis.call('SREM', channels, name) end
  end
else
  for _, name in ipairs(redis.call('SMEMBERS', channels)) do
    redis.call('ZADD', prefix .. ':index:channel:' .. name, 'XX', now, uid)
  end
end
return change.rebuild and 1 or redis.call('HGETALL', record)`;

const REMOVE = `
local prefix, uid, names = ARGV[1], ARGV[2], cjson.decode(ARGV[3])
redis.call('DEL', prefix .. ':study:' .. uid, prefix .. ':events:' .. uid)
redis.call('HDEL', prefix .. ':forced', uid)
redis.call('ZREM', prefix .. ':studies', uid)
for _, name in ipairs(names) do redis.call('ZREM', prefix .. ':index:' .. name, uid) end
local channels = prefix .. ':index:channels'
for _, name in ipairs(redis.call('SMEMBERS', channels)) do
  local key = prefix .. ':index:channel:' .. name
  redis.call('ZREM', key, uid)
  if redis.call('EXISTS', key) == 0 then redis.call('SREM', channels, name) end
end`;

const NAMES = { outcomes: OUTCOMES, states: STUDY_STATES };

/** Fields of a record as Redis holds them: values are JSON. */
export interface FieldChange {
  /** Set when the field is not there yet. */
  readonly first: Readonly<Record<string, string>>;
  readonly set: Readonly<Record<string, string>>;
  readonly drop: readonly string[];
  /** Dropped before anything else where they are still so. */
  readonly spoiled?: Readonly<Record<string, string>>;
}

/**
 * Writes a change of a record together with its place in the index.
 * @param prefix of the ledger's keys
 * @param now milliseconds since 1970, the time of the change
 * @returns the record as it is then
 */
export async function writeIndexed(
  redis: Redis,
  prefix: string,
  uid: string,
  now: number,
  change: FieldChange,
): Promise<Record<string, string>> {
  const json = JSON.stringify({ spoiled: {}, ...change, ...NAMES });
  const flat = (await redis.eval(CHANGE, 0, prefix, uid, now, json)) as string[];
  return Object.fromEntries(flat.flatMap((field, at) => (at % 2 === 0 ? [[field, flat[at + 1]!]] : [])));
}

/** Forgets a study: record, timeline, requests and index. */
export async function removeIndexed(redis: Redis, prefix: string, uid: string): Promise<void> {
  const names = [
    ...OUTCOMES.map((name) => `outcome:${name}`),
    ...STUDY_STATES.map((name) => `state:${name}`),
    'quarantine',
    'arrived',
  ];
  await redis.eval(REMOVE, 0, prefix, uid, JSON.stringify(names));
}

/**
 * Makes the index of records that an earlier version wrote; does nothing when it is there. May run in several
 * processes at once and while studies change.
 */
export async function ensureIndex(redis: Redis, prefix: string): Promise<void> {
  const versionKey = `${prefix}:index:version`;
  if ((await redis.get(versionKey)) === INDEX_VERSION) return;
  const change = JSON.stringify({ first: {}, set: {}, drop: [], spoiled: {}, rebuild: true, ...NAMES });
  let cursor = '0';
  do {
    const [next, found] = await redis.zscan(`${prefix}:studies`, cursor, 'COUNT', 500);
    const pipeline = redis.pipeline();
    for (let at = 0; at < found.length; at += 2) pipeline.eval(CHANGE, 0, prefix, found[at]!, '', change);
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
    await indexArrivals(redis, prefix, found);
    cursor = next;
  } while (cursor !== '0');
  await redis.set(versionKey, INDEX_VERSION);
}

/** @param found studies and scores in turn, as ZSCAN gives them */
async function indexArrivals(redis: Redis, prefix: string, found: readonly string[]): Promise<void> {
  const uids = found.filter((_, at) => at % 2 === 0);
  const pipeline = redis.pipeline();
  for (const uid of uids) pipeline.hget(`${prefix}:study:${uid}`, 'firstSeen');
  const seen = (await pipeline.exec()) ?? [];
  const scored = uids.flatMap((uid, at) => {
    const text = seen[at]?.[1];
    const time = typeof text === 'string' ? Date.parse(String(parsed(text))) : NaN;
    return Number.isNaN(time) ? [] : [time, uid];
  });
  if (scored.length > 0) await redis.zadd(`${prefix}:index:arrived`, 'NX', ...scored);
}
