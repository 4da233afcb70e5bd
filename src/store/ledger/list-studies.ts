import type { Redis } from 'ioredis';
import { AppError, type Channel, isUid, type Outcome, type Uid } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';
import type { StudyRecord, StudyState } from './study-record.js';
import { summarize } from './study-summary.js';

/** Which studies; all that is given must hold. Times are those of the last change, ms since 1970, inclusive. */
export interface StudyFilter {
  readonly outcome?: Outcome | undefined;
  readonly state?: StudyState | undefined;
  readonly channel?: Channel | undefined;
  readonly quarantined?: true | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Bounds of the lowest routing score 0–1 of a study's units. */
  readonly minScore?: number | undefined;
  readonly maxScore?: number | undefined;
  /** Whether a person should look at one of its results. */
  readonly needsReview?: boolean | undefined;
  /** Whether superseded results of ours were in the archive at its last run. */
  readonly superseded?: boolean | undefined;
}

/** A page of studies, last changed first. */
export interface StudyPage {
  readonly studies: StudyRecord[];
  /** Studies of this page whose record cannot be read; by their place in the index they match. */
  readonly unreadable: Uid[];
  /** How many match; only where the index tells it without reading the records. */
  readonly total?: number | undefined;
  /** Where the next page begins; a page may be short and yet have a next one. */
  readonly next?: string | undefined;
}

/** Records of studies that exist, and the studies whose record cannot be read. */
export interface Reading {
  readonly records: ReadonlyMap<string, StudyRecord>;
  readonly unreadable: ReadonlySet<string>;
}

const CHUNK = 200;
/** Records that one page may read: a filter that matches little must not hold up the server. */
const MAX_RECORDS_READ = 4000;

interface Place {
  readonly score: number;
  readonly uid: string;
}

/**
 * One page of the studies that match.
 * @param read gives the records of studies
 * @throws AppError `INVALID_REQUEST` for a cursor that is none
 */
export async function listStudies(
  redis: Redis,
  ledger: StoreKeys['ledger'],
  read: (uids: readonly string[]) => Promise<Reading>,
  query: { filter: StudyFilter; limit: number; cursor?: string | undefined },
): Promise<StudyPage> {
  const { filter, limit } = query;
  const keys = keysOf(ledger, filter);
  const key = await smallest(redis, keys);
  const from = filter.from ?? '-inf';
  let place: Place = query.cursor ? parseCursor(query.cursor) : { score: filter.to ?? Infinity, uid: '~' };

  const studies: StudyRecord[] = [];
  const unreadable: Uid[] = [];
  let last: Place | undefined;
  for (let count = 0; count < MAX_RECORDS_READ;) {
    const chunk = await chunkBefore(redis, key, place, from);
    if (chunk.length === 0) return { studies, unreadable, total: await totalOf(redis, keys, filter) };
    const reading = await read(chunk.map(({ uid }) => uid));
    for (const here of chunk) {
      const record = reading.records.get(here.uid);
      if (record ? matchesFilter(record, filter) : reading.unreadable.has(here.uid)) {
        if (studies.length + unreadable.length === limit) {
          return { studies, unreadable, total: await totalOf(redis, keys, filter), next: cursorOf(last!) };
        }
        if (record) studies.push(record);
        else unreadable.push(here.uid as Uid);
      }
      last = here;
    }
    place = chunk.at(-1)!;
    count += chunk.length;
  }
  return { studies, unreadable, next: cursorOf(place) };
}

/** The studies that changed last, at most so many. */
export function newestStudies(redis: Redis, ledger: StoreKeys['ledger'], limit: number): Promise<string[]> {
  return redis.zrevrange(ledger.studies, 0, limit - 1);
}

/** The sets that hold what the filter asks for; the one of all studies when it asks for nothing. */
function keysOf(
  ledger: StoreKeys['ledger'],
  { outcome, state, channel, quarantined, superseded }: StudyFilter,
): readonly string[] {
  const keys = [
    ...(outcome ? [ledger.outcome(outcome)] : []),
    ...(state ? [ledger.state(state)] : []),
    ...(channel ? [ledger.channel(channel)] : []),
    ...(quarantined ? [ledger.quarantine] : []),
    ...(superseded ? [ledger.superseded] : []),
  ];
  return keys.length > 0 ? keys : [ledger.studies];
}

async function smallest(redis: Redis, keys: readonly string[]): Promise<string> {
  if (keys.length === 1) return keys[0]!;
  const sizes = await Promise.all(keys.map((key) => redis.zcard(key)));
  return keys[sizes.indexOf(Math.min(...sizes))]!;
}

async function totalOf(
  redis: Redis,
  keys: readonly string[],
  filter: StudyFilter,
): Promise<number | undefined> {
  const { minScore, maxScore, needsReview, superseded } = filter;
  const isIndexed = [minScore, maxScore, needsReview].every((bound) => bound === undefined);
  if (keys.length > 1 || !isIndexed || superseded === false) return undefined;
  return redis.zcount(keys[0]!, filter.from ?? '-inf', filter.to ?? '+inf');
}

/** Members after a place, in falling order of time, then of UID. */
async function chunkBefore(redis: Redis, key: string, place: Place, from: number | string): Promise<Place[]> {
  const to = place.score === Infinity ? '+inf' : place.score;
  for (let offset = 0; ; offset += CHUNK) {
    const flat = await redis.zrevrangebyscore(key, to, from, 'WITHSCORES', 'LIMIT', offset, CHUNK);
    const chunk: Place[] = [];
    for (let at = 0; at < flat.length; at += 2) {
      const here = { uid: flat[at]!, score: Number(flat[at + 1]) };
      if (here.score < place.score || here.uid < place.uid) chunk.push(here);
    }
    if (chunk.length > 0 || flat.length < 2 * CHUNK) return chunk;
  }
}

/**
 * Whether a record is what a filter asks for, its times apart.
 * The index may be a moment behind an older version's writer: the record decides.
 */
export function matchesFilter(record: StudyRecord, filter: StudyFilter): boolean {
  const { score, channels, quarantined, needsReview, superseded } = summarize(record);
  const { minScore, maxScore } = filter;
  return (
    (filter.outcome === undefined || record.outcome === filter.outcome) &&
    (filter.state === undefined || record.state === filter.state) &&
    (filter.channel === undefined || channels.includes(filter.channel)) &&
    (filter.quarantined === undefined || quarantined) &&
    (filter.needsReview === undefined || needsReview === filter.needsReview) &&
    (filter.superseded === undefined || superseded > 0 === filter.superseded) &&
    (minScore === undefined || (score !== undefined && score >= minScore)) &&
    (maxScore === undefined || (score !== undefined && score <= maxScore))
  );
}

const cursorOf = ({ score, uid }: Place) => Buffer.from(`${score} ${uid}`).toString('base64url');

function parseCursor(cursor: string): Place {
  const [score = '', uid = '', ...rest] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  if (!/^\d{1,16}$/.test(score) || !isUid(uid) || rest.length > 0) {
    throw new AppError('INVALID_REQUEST', 'In the query: cursor: not one that an earlier page gave');
  }
  return { score: Number(score), uid };
}
