import type { Redis } from 'ioredis';
import { OUTCOMES } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';
import { CHANGE_STUDY } from '../scripts/change-study.js';
import { REMOVE_STUDY } from '../scripts/remove-study.js';
import { runScript } from '../scripts/script.js';
import { isWrongType, RECORD_SCHEMA } from './migrations.js';
import { parsed } from './parsed.js';
import { STUDY_STATES, type StudyState } from './study-record.js';

type LedgerKeys = StoreKeys['ledger'];

/** Raised when the sorted sets change their meaning: the index is then made anew at the next start. */
const INDEX_VERSION = '3';

/** States in which something is still to happen to a study. */
const UNDER_WAY: readonly StudyState[] = ['quiet', 'queued', 'running', 'retrying'];

const NAMES = { outcomes: OUTCOMES, states: STUDY_STATES };

const setsOf = (keys: LedgerKeys): string[] => [
  ...OUTCOMES.map(keys.outcome),
  ...STUDY_STATES.map(keys.state),
];

/** Every sorted set of the index, for measuring. */
export async function indexKeys(redis: Redis, keys: LedgerKeys): Promise<string[]> {
  const channels = await redis.smembers(keys.channels);
  return [
    keys.studies,
    keys.arrived,
    keys.quarantine,
    keys.superseded,
    ...setsOf(keys),
    ...channels.map(keys.channel),
  ];
}

/** Fields of a record as Redis holds them: values are JSON. */
export interface FieldChange {
  /** Set when the field is not there yet. */
  readonly first: Readonly<Record<string, string>>;
  readonly set: Readonly<Record<string, string>>;
  readonly drop: readonly string[];
  /** Dropped before anything else where they are still so. */
  readonly spoiled?: Readonly<Record<string, string>>;
}

const changeKeys = (keys: LedgerKeys, uid: string) => [
  keys.study(uid),
  keys.studies,
  keys.arrived,
  keys.quarantine,
  keys.channels,
  keys.superseded,
  ...setsOf(keys),
];

/**
 * Writes a change of a record together with its place in the index.
 * @param now milliseconds since 1970, the time of the change
 * @returns the record as it is then; undefined when nothing was written, because it has to be migrated first
 */
export async function writeIndexed(
  redis: Redis,
  keys: LedgerKeys,
  uid: string,
  now: number,
  change: FieldChange,
): Promise<Record<string, string> | undefined> {
  const json = JSON.stringify({ spoiled: {}, ...change, schema: RECORD_SCHEMA, ...NAMES });
  const flat = await runScript(redis, CHANGE_STUDY, changeKeys(keys, uid), uid, now, json, keys.channel(''));
  if (!Array.isArray(flat)) return undefined;
  const texts = flat as string[];
  return Object.fromEntries(texts.flatMap((field, at) => (at % 2 === 0 ? [[field, texts[at + 1]!]] : [])));
}

/**
 * Forgets a study: record, timeline, requests and index.
 * @param unchangedSince time of its last change; one that has changed since, is under way or waits in quarantine stays
 * @returns whether it was removed
 */
export async function removeIndexed(
  redis: Redis,
  keys: LedgerKeys,
  uid: string,
  unchangedSince?: string,
): Promise<boolean> {
  const names = [keys.study(uid), keys.events(uid), keys.forced, keys.channels];
  const sets = [keys.studies, keys.arrived, keys.quarantine, keys.superseded, ...setsOf(keys)];
  const condition = unchangedSince === undefined ? [] : [unchangedSince, ...UNDER_WAY.map(quoted)];
  return (
    (await runScript(redis, REMOVE_STUDY, [...names, ...sets], uid, keys.channel(''), ...condition)) === 1
  );
}

const quoted = (text: string) => JSON.stringify(text);

/**
 * Makes the index of records that an earlier version wrote; does nothing when it is there. May run in several
 * processes at once and while studies change.
 */
export async function ensureIndex(redis: Redis, keys: LedgerKeys): Promise<void> {
  if ((await redis.get(keys.indexVersion)) === INDEX_VERSION) return;
  const rebuild = { first: {}, set: {}, drop: [], spoiled: {}, rebuild: true };
  const change = JSON.stringify({ ...rebuild, schema: RECORD_SCHEMA, ...NAMES });
  let cursor = '0';
  do {
    const [next, found] = await redis.zscan(keys.studies, cursor, 'COUNT', 500);
    const uids = found.filter((_, at) => at % 2 === 0);
    await Promise.all(
      uids.map((uid) =>
        runScript(redis, CHANGE_STUDY, changeKeys(keys, uid), uid, '', change, keys.channel('')),
      ),
    );
    await indexArrivals(redis, keys, uids);
    cursor = next;
  } while (cursor !== '0');
  await redis.set(keys.indexVersion, INDEX_VERSION);
}

async function indexArrivals(redis: Redis, keys: LedgerKeys, uids: readonly string[]): Promise<void> {
  const seen = await Promise.all(
    uids.map((uid) => redis.hget(keys.study(uid), 'firstSeen').catch(isWrongType)),
  );
  const scored = uids.flatMap((uid, at) => {
    const text = seen[at];
    const time = typeof text === 'string' ? Date.parse(String(parsed(text))) : NaN;
    return Number.isNaN(time) ? [] : [time, uid];
  });
  if (scored.length > 0) await redis.zadd(keys.arrived, 'NX', ...scored);
}
