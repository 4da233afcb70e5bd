import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { AppError, problemOf, pseudonym, type Uid } from '../../core/index.js';
import type { EventStream } from '../events/event-stream.js';
import type { StoreKeys } from '../keys.js';
import { CLEAR_FORCE } from '../scripts/clear-force.js';
import { runScript } from '../scripts/script.js';
import { eventOf, isPublished, type LedgerChange, type LedgerListener } from './ledger-change.js';
import { type LedgerSize, measureLedger } from './ledger-size.js';
import {
  listStudies,
  newestStudies,
  type Reading,
  type StudyFilter,
  type StudyPage,
} from './list-studies.js';
import { migrateStudies, migrateStudy } from './migrations.js';
import { parsed } from './parsed.js';
import { readRecord } from './read-record.js';
import { forgetOldStudies, type LedgerRetention } from './retention.js';
import { openRunLog, type RunLog } from './run-log.js';
import { ensureIndex, removeIndexed, writeIndexed, type FieldChange } from './study-index.js';
import { studyEventSchema, type StudyEvent, type StudyRecord } from './study-record.js';
import { warnOfUnreadable } from './unreadable.js';

const MAX_EVENTS = 500;
const READ_BATCH_SIZE = 200;

/** What we know of every study and its outcome; survives every process in Redis. */
export interface Ledger {
  /** Creates the record when it is new and changes the named fields. Of one that cannot be read, what can is kept. */
  update(uid: Uid, change: Partial<Omit<StudyRecord, 'studyInstanceUid' | 'firstSeen'>>): Promise<void>;
  /** What is known of a study; undefined when nothing is, or nothing that can be read: both are a new beginning. */
  record(uid: Uid): Promise<StudyRecord | undefined>;
  /** The same for whoever asks for this very study. @throws AppError `NOT_FOUND`, `LEDGER_UNREADABLE` */
  requireRecord(uid: Uid): Promise<StudyRecord>;
  /** Records of studies by UID; those that nothing is known of are left out. */
  records(uids: readonly Uid[]): Promise<Reading>;
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
  /** Migrates records of an earlier version and brings them into the index; to be called at start. */
  prepare(): Promise<void>;
  /** Forgets what is more or older than is to be kept; never a study under way or in quarantine. @returns how many */
  prune(retention: LedgerRetention, now?: number): Promise<number>;
  size(): Promise<LedgerSize>;
  /** How many studies had superseded results of ours in the archive at their last run. */
  countSuperseded(): Promise<number>;
  /** Calls a listener after every change of a state or an outcome that this process makes. */
  onChange(listener: LedgerListener): void;
  /** The ends of runs, for statistics. */
  readonly runs: RunLog;
}

/** What the ledger stands on. */
export interface LedgerDependencies {
  readonly redis: Redis;
  readonly keys: StoreKeys['ledger'];
  /** Where runs are summed up by device. */
  readonly driftKeys: StoreKeys['drift'];
  /** Every change is written there, for all gateways. */
  readonly events: Pick<EventStream, 'publish'>;
  /** Is told, by pseudonym, what cannot be read or told. */
  readonly log: Pick<Logger, 'warn'>;
  /** Of the work under way; becomes part of every line of a timeline. */
  readonly correlationId: () => string | undefined;
}

/** The ledger on Redis: a hash and a list of events a study, and sorted sets by time of change to find them. */
export function openLedger(dependencies: LedgerDependencies): Ledger {
  const { redis, keys, driftKeys, events, log, correlationId } = dependencies;
  const listeners: LedgerListener[] = [];
  const onUnreadable = warnOfUnreadable(log);

  async function publish(change: LedgerChange): Promise<void> {
    try {
      await events.publish({ type: 'study', data: eventOf(change) });
      for (const listener of listeners) await listener(change);
    } catch (error) {
      const study = pseudonym(change.record.studyInstanceUid);
      log.warn({ study, code: problemOf(error).title }, 'change not told');
    }
  }

  /** Writes a change; a record of an earlier version is migrated first. @returns the record as it is then */
  async function write(uid: string, now: number, change: FieldChange): Promise<Record<string, string>> {
    for (;;) {
      const written = await writeIndexed(redis, keys, uid, now, change);
      if (written) return written;
      await migrateStudy(redis, keys, uid);
    }
  }

  async function read(uids: readonly string[]): Promise<Reading> {
    const reading = { records: new Map<string, StudyRecord>(), unreadable: new Set<string>() };
    if (uids.length === 0) return reading;
    const pipeline = redis.pipeline();
    for (const uid of uids) pipeline.hgetall(keys.study(uid));
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
      const empty = { first, set: {}, drop: [] };
      let written = readRecord(await write(uid, now.getTime(), { ...empty, set, drop }));
      // What was there could not be read, and would keep what is new from being read.
      if (!written.record) {
        written = readRecord(await write(uid, now.getTime(), { ...empty, spoiled: written.spoiled }));
      }
      const ended = change.state === 'done' && change.outcome !== undefined;
      if (written.record && isPublished(change)) await publish({ record: written.record, ended });
    },

    async record(uid) {
      return (await read([uid])).records.get(uid);
    },

    records: read,

    async has(uid) {
      return (await redis.exists(keys.study(uid))) === 1;
    },

    async requireRecord(uid) {
      const { records, unreadable } = await read([uid]);
      const record = records.get(uid);
      if (record) return record;
      if (unreadable.size === 0) throw new AppError('NOT_FOUND', 'No signal of this study has arrived yet');
      throw new AppError('LEDGER_UNREADABLE', 'What the ledger keeps of this study cannot be read');
    },

    async unreadable(limit) {
      const uids = await newestStudies(redis, keys, limit);
      const studies: string[] = [];
      for (let at = 0; at < uids.length; at += READ_BATCH_SIZE) {
        studies.push(...(await read(uids.slice(at, at + READ_BATCH_SIZE))).unreadable);
      }
      return { looked: uids.length, studies: studies as Uid[] };
    },

    list: (query) => listStudies(redis, keys, read, query),

    async addEvent(uid, event, detail, at = new Date()) {
      const id = correlationId();
      const whole = id === undefined ? detail : { correlationId: id, ...detail };
      const line: StudyEvent = { at: at.toISOString(), event, ...(whole ? { detail: whole } : {}) };
      await redis
        .multi()
        .rpush(keys.events(uid), JSON.stringify(line))
        .ltrim(keys.events(uid), -MAX_EVENTS, -1)
        .exec();
    },

    async events(uid) {
      const lines = await redis.lrange(keys.events(uid), 0, -1);
      // A line that cannot be read is left out: the others still tell their part.
      const events = lines.flatMap((line) => studyEventSchema.safeParse(parsed(line)).data ?? []);
      // Two processes write: a worker may note its start before the gateway notes that it queued the study.
      return events.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
    },

    async requestForce(uid) {
      await redis.hincrby(keys.forced, uid, 1);
    },
    async forceRequest(uid) {
      return (await redis.hget(keys.forced, uid)) ?? undefined;
    },
    async clearForce(uid, request) {
      await runScript(redis, CLEAR_FORCE, [keys.forced], uid, request);
    },
    async remove(uid) {
      await removeIndexed(redis, keys, uid);
    },
    async prepare() {
      await migrateStudies(redis, keys);
      await ensureIndex(redis, keys);
    },
    prune: (retention, now = Date.now()) => forgetOldStudies(redis, keys, retention, now),
    size: () => measureLedger(redis, keys),
    countSuperseded: () => redis.zcard(keys.superseded),
    onChange: (listener) => void listeners.push(listener),
    runs: openRunLog(redis, { ledger: keys, drift: driftKeys }, onUnreadable),
  };
}
