import type { Redis } from 'ioredis';
import type { Settings } from '../config/index.js';
import type { Outcome, Uid } from '../core/index.js';
import { studyRecordSchema, type StudyEvent, type StudyRecord } from './study-record.js';

const EVENTS_KEPT = 200;
const DELETE_IF_SAME = `if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end return 0`;

/** What we know of every study and its outcome; survives every process in Redis. */
export interface Ledger {
  /** Creates the record when it is new and changes the named fields. */
  update(uid: Uid, change: Partial<Omit<StudyRecord, 'studyInstanceUid' | 'firstSeen'>>): Promise<void>;
  record(uid: Uid): Promise<StudyRecord | undefined>;
  /** Newest first. */
  list(page: { offset: number; limit: number; outcome?: Outcome | undefined }): Promise<{
    total: number;
    studies: StudyRecord[];
  }>;
  addEvent(uid: Uid, event: string, detail?: StudyEvent['detail']): Promise<void>;
  events(uid: Uid): Promise<StudyEvent[]>;
  /** Asks the next run to process the study although nothing changed. */
  requestForce(uid: Uid): Promise<void>;
  /** The open request for a forced run, if any. It stays open until `clearForce`, so that no crash loses it. */
  forceRequest(uid: Uid): Promise<string | undefined>;
  /** Closes the request that a run has served; one made meanwhile stays open. */
  clearForce(uid: Uid, request: string): Promise<void>;
}

/** The ledger on Redis: a hash a study, a sorted set by time of change, a list of events a study. */
export function openLedger(redis: Redis, settings: Settings['redis']): Ledger {
  const index = `${settings.prefix}:ledger:studies`;
  const recordKey = (uid: string) => `${settings.prefix}:ledger:study:${uid}`;
  const eventsKey = (uid: string) => `${settings.prefix}:ledger:events:${uid}`;
  const forced = `${settings.prefix}:ledger:forced`;

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
      const now = new Date().toISOString();
      const fields: Record<string, string> = {};
      const absent: string[] = [];
      for (const [key, value] of Object.entries({ ...change, updatedAt: now })) {
        if (value === undefined) absent.push(key);
        else fields[key] = JSON.stringify(value);
      }
      const first = { studyInstanceUid: uid, firstSeen: now, state: 'quiet', units: [], attempts: 0 };
      const transaction = redis.multi();
      for (const [key, value] of Object.entries(first)) {
        transaction.hsetnx(recordKey(uid), key, JSON.stringify(value));
      }
      transaction.hset(recordKey(uid), fields);
      if (absent.length > 0) transaction.hdel(recordKey(uid), ...absent);
      transaction.zadd(index, Date.parse(now), uid);
      await transaction.exec();
    },

    async record(uid) {
      return (await read([uid]))[0];
    },

    async list({ offset, limit, outcome }) {
      if (outcome === undefined) {
        const [total, uids] = await Promise.all([
          redis.zcard(index),
          redis.zrevrange(index, offset, offset + limit - 1),
        ]);
        return { total, studies: await read(uids) };
      }
      // Filtering reads the whole index in pages; it is an administrator's question, not a hot path.
      const matching: StudyRecord[] = [];
      const size = await redis.zcard(index);
      for (let start = 0; start < size; start += 500) {
        const records = await read(await redis.zrevrange(index, start, start + 499));
        matching.push(...records.filter((record) => record.outcome === outcome));
      }
      return { total: matching.length, studies: matching.slice(offset, offset + limit) };
    },

    async addEvent(uid, event, detail) {
      const line: StudyEvent = { at: new Date().toISOString(), event, ...(detail ? { detail } : {}) };
      await redis
        .multi()
        .rpush(eventsKey(uid), JSON.stringify(line))
        .ltrim(eventsKey(uid), -EVENTS_KEPT, -1)
        .exec();
    },

    async events(uid) {
      return (await redis.lrange(eventsKey(uid), 0, -1)).map((line) => JSON.parse(line) as StudyEvent);
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
  };
}
