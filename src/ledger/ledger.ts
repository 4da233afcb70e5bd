import type { Redis } from 'ioredis';
import type { Settings } from '../config/index.js';
import type { Uid } from '../core/index.js';
import { listStudies, type StudyFilter, type StudyPage } from './list-studies.js';
import { openRunLog, type RunLog } from './run-log.js';
import { ensureIndex, removeIndexed, writeIndexed } from './study-index.js';
import { studyRecordSchema, type StudyEvent, type StudyRecord } from './study-record.js';

const EVENTS_KEPT = 500;
const DELETE_IF_SAME = `if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end return 0`;

/** What we know of every study and its outcome; survives every process in Redis. */
export interface Ledger {
  /** Creates the record when it is new and changes the named fields. */
  update(uid: Uid, change: Partial<Omit<StudyRecord, 'studyInstanceUid' | 'firstSeen'>>): Promise<void>;
  record(uid: Uid): Promise<StudyRecord | undefined>;
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

/** The ledger on Redis: a hash and a list of events a study, and sorted sets by time of change to find them. */
export function openLedger(redis: Redis, settings: Settings['redis']): Ledger {
  const prefix = `${settings.prefix}:ledger`;
  const recordKey = (uid: string) => `${prefix}:study:${uid}`;
  const eventsKey = (uid: string) => `${prefix}:events:${uid}`;
  const forced = `${prefix}:forced`;

  async function read(uids: readonly string[]): Promise<StudyRecord[]> {
    if (uids.length === 0) return [];
    const pipeline = redis.pipeline();
    for (const uid of uids) pipeline.hgetall(recordKey(uid));
    const answers = (await pipeline.exec()) ?? [];
    return answers.flatMap(([error, hash]) => {
      if (error) throw error;
      const fields = hash as Record<string, string>;
      if (Object.keys(fields).length === 0) return [];
      const values = Object.fromEntries(Object.entries(fields).map(([key, text]) => [key, JSON.parse(text)]));
      return [studyRecordSchema.parse(values)];
    });
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
      const first = { firstSeen: now.toISOString(), state: 'quiet', units: [], attempts: 0 };
      await writeIndexed(redis, prefix, uid, now.getTime(), {
        first: Object.fromEntries(Object.entries(first).map(([key, value]) => [key, JSON.stringify(value)])),
        set,
        drop,
      });
    },

    async record(uid) {
      return (await read([uid]))[0];
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
      const events = lines.map((line) => JSON.parse(line) as StudyEvent);
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
    runs: openRunLog(redis, prefix),
  };
}
