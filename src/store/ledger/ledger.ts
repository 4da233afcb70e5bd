import type { Redis } from 'ioredis';
import type { Settings } from '../../config/index.js';
import { AppError, type Uid } from '../../core/index.js';
import {
  listStudies,
  newestStudies,
  type Reading,
  type StudyFilter,
  type StudyPage,
} from './list-studies.js';
import { parsed, readRecord } from './read-record.js';
import { openRunLog, type RunLog } from './run-log.js';
import { ensureIndex, removeIndexed, writeIndexed, type FieldChange } from './study-index.js';
import { studyEventSchema, type StudyEvent, type StudyRecord } from './study-record.js';
import type { UnreadableListener } from './unreadable.js';

const EVENTS_KEPT = 500;
const READ_AT_ONCE = 200;
const DELETE_IF_SAME = `if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end return 0`;

/** What we know of every study and its outcome; survives every process in Redis. */
export interface Ledger {
  /** Creates the record when it is new and changes the named fields. Of one that cannot be read, what can is kept. */
  update(uid: Uid, change: Partial<Omit<StudyRecord, 'studyInstanceUid' | 'firstSeen'>>): Promise<void>;
  /** What is known of a study; undefined when nothing is, or nothing that can be read: both are a new beginning. */
  record(uid: Uid): Promise<StudyRecord | undefined>;
  /** The same for whoever asks for this very study. @throws AppError `NOT_FOUND`, `LEDGER_UNREADABLE` */
  requireRecord(uid: Uid): Promise<StudyRecord>;
  /** Whether anything is known of a study, readable or not. */
  has(uid: Uid): Promise<boolean>;
  /** Looks for records that cannot be read among the studies that changed last. @param limit how many are looked at */
  unreadable(limit: number): Promise<{ looked: number; studies: Uid[] }>;
  /** A page of the studies that match, last changed first. @throws AppError `INVALID_REQUEST` for a bad cursor */
  list(query: { filter: StudyFilter; limit: number; cursor?: string | undefined }): Promise<StudyPage>;
  /** @param at when it happened, where that is not now: what others did meanwhile then comes after it */
  addEvent(uid: Uid, event: string, detail?: StudyEvent['detail'], at?: Date): Promise<void>;
  /** The timeline, oldest first. */
  events(uid: Uid): Promise<StudyEvent[]>;
  /** Asks the next run to process the study although nothing changed. */
  requestForce(uid: Uid): Promise<void>;
  /** The open request for a forced run, if any. It stays open until `clearForce`, so that no crash loses it. */
  forceRequest(uid: Uid): Promise<string | undefined>;
  /** Closes the request that a run has served; one made meanwhile stays open. */
  clearForce(uid: Uid, request: string): Promise<void>;
  /** Forgets a study and its timeline; what was counted stays counted. */
  remove(uid: Uid): Promise<void>;
  /** Brings records of an earlier version into the index; to be called at start. */
  prepare(): Promise<void>;
  /** The ends of runs, for statistics. */
  readonly runs: RunLog;
}

/**
 * The ledger on Redis: a hash and a list of events a study, and sorted sets by time of change to find them.
 * @param onUnreadable hears of whatever is left out because it cannot be read
 */
export function openLedger(
  redis: Redis,
  settings: Settings['redis'],
  onUnreadable: UnreadableListener = () => undefined,
): Ledger {
  const prefix = `${settings.prefix}:ledger`;
  const recordKey = (uid: string) => `${prefix}:study:${uid}`;
  const eventsKey = (uid: string) => `${prefix}:events:${uid}`;
  const forced = `${prefix}:forced`;

  async function read(uids: readonly string[]): Promise<Reading> {
    const reading = { records: new Map<string, StudyRecord>(), unreadable: new Set<string>() };
    if (uids.length === 0) return reading;
    const pipeline = redis.pipeline();
    for (const uid of uids) pipeline.hgetall(recordKey(uid));
    const answers = (await pipeline.exec()) ?? [];
    for (const [at, [error, hash]] of answers.entries()) {
      const uid = uids[at]!;
      if (error && !error.message.startsWith('WRONGTYPE')) throw error;
      const fields = error ? undefined : (hash as Record<string, string>);
      if (fields && Object.keys(fields).length === 0) continue;
      const { record } = fields ? readRecord(fields) : {};
      if (record) reading.records.set(uid, record);
      else {
        reading.unreadable.add(uid);
        onUnreadable('study', uid);
      }
    }
    return reading;
  }

  return {
    async update(uid, change) {
      const now = new Date();
      const set: Record<string, string> = {};
      const drop: string[] = [];
      for (const [key, value] of Object.entries({ ...change, updatedAt: now.toISOString() })) {
        if (value === undefined) drop.push(key);
        else set[key] = JSON.stringify(value);
      }
      const first = Object.fromEntries(
        Object.entries({ firstSeen: now.toISOString(), state: 'quiet', units: [], attempts: 0 }).map(
          ([key, value]) => [key, JSON.stringify(value)],
        ),
      );
      const write = (to: Partial<FieldChange>) =>
        writeIndexed(redis, prefix, uid, now.getTime(), { first, set: {}, drop: [], ...to });
      const written = readRecord(await write({ set, drop }));
      // What was there could not be read, and would keep what is new from being read.
      if (!written.record) await write({ spoiled: written.spoiled });
    },

    async record(uid) {
      return (await read([uid])).records.get(uid);
    },

    async has(uid) {
      return (await redis.exists(recordKey(uid))) === 1;
    },

    async requireRecord(uid) {
      const { records, unreadable } = await read([uid]);
      const record = records.get(uid);
      if (record) return record;
      if (unreadable.size === 0) throw new AppError('NOT_FOUND', 'No signal of this study has arrived yet');
      throw new AppError('LEDGER_UNREADABLE', 'What the ledger keeps of this study cannot be read');
    },

    async unreadable(limit) {
      const uids = await newestStudies(redis, prefix, limit);
      const studies: string[] = [];
      for (let at = 0; at < uids.length; at += READ_AT_ONCE) {
        studies.push(...(await read(uids.slice(at, at + READ_AT_ONCE))).unreadable);
      }
      return { looked: uids.length, studies: studies as Uid[] };
    },

    list: (query) => listStudies(redis, prefix, read, query),

    async addEvent(uid, event, detail, at = new Date()) {
      const line: StudyEvent = { at: at.toISOString(), event, ...(detail ? { detail } : {}) };
      await redis
        .multi()
        .rpush(eventsKey(uid), JSON.stringify(line))
        .ltrim(eventsKey(uid), -EVENTS_KEPT, -1)
        .exec();
    },

    async events(uid) {
      const lines = await redis.lrange(eventsKey(uid), 0, -1);
      // A line that cannot be read is left out: the others still tell their part.
      const events = lines.flatMap((line) => studyEventSchema.safeParse(parsed(line)).data ?? []);
      // Two processes write: a worker may note its start before the gateway notes that it queued the study.
      return events.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
    },

    async requestForce(uid) {
      await redis.hincrby(forced, uid, 1);
    },
    async forceRequest(uid) {
      return (await redis.hget(forced, uid)) ?? undefined;
    },
    async clearForce(uid, request) {
      await redis.eval(DELETE_IF_SAME, 1, forced, uid, request);
    },
    remove: (uid) => removeIndexed(redis, prefix, uid),
    prepare: () => ensureIndex(redis, prefix),
    runs: openRunLog(redis, prefix, onUnreadable),
  };
}
