import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { StoreKeys } from '../keys.js';

const MAX_STUDIES = 1000;
const RETENTION_MS = 30 * 24 * 3600 * 1000;
const MAX_UID_TEXT = 128;

const first = z.object({ source: z.string(), at: z.iso.datetime() });

/** A study that was signalled and cannot be processed because its StudyInstanceUID is none. */
export interface RefusedStudy {
  /** What stands where a UID should; cut to 128 characters. */
  readonly studyInstanceUid: string;
  /** The signal that told of it first. */
  readonly source: string;
  readonly firstSignal: string;
  readonly lastSignal: string;
}

/** Studies without a valid StudyInstanceUID: the ledger, whose records are found by UID, cannot hold them. */
export interface RefusedStudies {
  /** Notes a signal. @returns whether it is the first of this study */
  add(studyInstanceUid: string, source: string, now?: number): Promise<boolean>;
  /** Signalled last first: at most a thousand, of the last thirty days. */
  list(): Promise<RefusedStudy[]>;
  count(): Promise<number>;
}

/** A sorted set (member = what stands for the UID, score = last signal, ms since 1970) and a hash of the first signals. */
export function openRefusedStudies(redis: Redis, keys: StoreKeys['intake']): RefusedStudies {
  const { refused, refusedFirst } = keys;
  return {
    async add(studyInstanceUid, source, now = Date.now()) {
      const text = studyInstanceUid.slice(0, MAX_UID_TEXT);
      const answers = await redis
        .multi()
        .hsetnx(refusedFirst, text, JSON.stringify({ source, at: new Date(now).toISOString() }))
        .zadd(refused, now, text)
        .zrangebyscore(refused, '-inf', now - RETENTION_MS)
        .zrange(refused, 0, -MAX_STUDIES - 1)
        .exec();
      const [isNew, , old, surplus] = (answers ?? []).map(([, value]) => value);
      const forgotten = [
        ...((old as string[] | undefined) ?? []),
        ...((surplus as string[] | undefined) ?? []),
      ];
      if (forgotten.length > 0) {
        await redis
          .multi()
          .zrem(refused, ...forgotten)
          .hdel(refusedFirst, ...forgotten)
          .exec();
      }
      return isNew === 1;
    },
    async list() {
      const pairs = await redis.zrange(refused, 0, '+inf', 'BYSCORE', 'LIMIT', 0, MAX_STUDIES, 'WITHSCORES');
      const texts = pairs.filter((_, i) => i % 2 === 0);
      if (texts.length === 0) return [];
      const firsts = await redis.hmget(refusedFirst, ...texts);
      return texts
        .map((studyInstanceUid, i) => {
          const lastSignal = new Date(Number(pairs[2 * i + 1])).toISOString();
          const kept = firsts[i];
          const { source, at } = kept ? first.parse(JSON.parse(kept)) : { source: 'unknown', at: lastSignal };
          return { studyInstanceUid, source, firstSignal: at, lastSignal };
        })
        .reverse();
    },
    count: () => redis.zcard(refused),
  };
}
