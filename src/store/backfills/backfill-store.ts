import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { isUid, type Uid } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';
import { CANCEL_BACKFILL } from '../scripts/cancel-backfill.js';
import { FINISH_BACKFILL_STUDY } from '../scripts/finish-backfill-study.js';
import { runScript } from '../scripts/script.js';
import { TAKE_FROM_BACKFILL } from '../scripts/take-from-backfill.js';
import { backfillSchema, type Backfill, type BackfillPlan } from './backfill.js';

/** Backfills in Redis. All gateways see the same ones and share the rate of each. */
export interface BackfillStore {
  /** Starts one with the studies of a list that does not change any more. */
  create(plan: BackfillPlan, studies: readonly Uid[]): Promise<Backfill>;
  get(id: string): Promise<Backfill | undefined>;
  /** Newest first. */
  list(limit: number): Promise<Backfill[]>;
  /** @returns false when it had ended already */
  cancel(id: string): Promise<boolean>;
  /** Those with studies left. */
  running(): Promise<string[]>;
  /**
   * The next study whose time has come; nobody else gets it within half a minute.
   * @param now ms since 1970
   */
  take(id: string, now: number): Promise<Uid | undefined>;
  /** Notes that a study taken is in the queue; ends the backfill with the last one. */
  finish(id: string, study: Uid, now: number): Promise<void>;
}

/** A study taken by a gateway that died before it was queued is given out again after this time. */
const TAKEN_FOR_MS = 30_000;
const RETENTION_SECONDS = 30 * 24 * 3600;
/** After a pause the rate is kept, not made up for: at most this much is behind. */
const BEHIND_MS = 1000;

export function openBackfillStore(redis: Redis, keys: StoreKeys['backfills']): BackfillStore {
  async function get(id: string): Promise<Backfill | undefined> {
    const fields = await redis.hgetall(keys.one(id));
    if (Object.keys(fields).length === 0) return undefined;
    const number = (name: string) => Number(fields[name]);
    return backfillSchema.parse({
      ...fields,
      total: number('total'),
      done: number('done'),
      perMinute: number('perMinute'),
    });
  }

  return {
    async create(plan, studies) {
      const id = randomUUID();
      const createdAt = new Date().toISOString();
      const empty = studies.length === 0;
      const backfill: Backfill = {
        id,
        state: empty ? 'done' : 'running',
        total: studies.length,
        done: 0,
        ...plan,
        createdAt,
        ...(empty ? { endedAt: createdAt } : {}),
      };
      for (let at = 0; at < studies.length; at += 1000) {
        await redis.rpush(keys.remaining(id), ...studies.slice(at, at + 1000));
      }
      const transaction = redis
        .multi()
        .hset(keys.one(id), backfill)
        .zadd(keys.all, Date.parse(createdAt), id);
      if (empty) transaction.expire(keys.one(id), RETENTION_SECONDS);
      else transaction.sadd(keys.running, id);
      transaction.zremrangebyscore(keys.all, '-inf', Date.parse(createdAt) - RETENTION_SECONDS * 1000 * 2);
      await transaction.exec();
      return backfill;
    },

    get,

    async list(limit) {
      const ids = await redis.zrevrange(keys.all, 0, limit - 1);
      return (await Promise.all(ids.map(get))).filter((one) => one !== undefined);
    },

    async cancel(id) {
      const names = [keys.one(id), keys.remaining(id), keys.taken(id), keys.running] as const;
      const now = new Date().toISOString();
      return (await runScript(redis, CANCEL_BACKFILL, names, id, now, RETENTION_SECONDS)) === 1;
    },

    running: () => redis.smembers(keys.running),

    async take(id, now) {
      const names = [keys.one(id), keys.remaining(id), keys.taken(id)] as const;
      const study = await runScript(redis, TAKE_FROM_BACKFILL, names, now, now - TAKEN_FOR_MS, BEHIND_MS);
      return isUid(study) ? study : undefined;
    },

    async finish(id, study, now) {
      const names = [keys.one(id), keys.remaining(id), keys.taken(id), keys.running] as const;
      const at = new Date(now).toISOString();
      await runScript(redis, FINISH_BACKFILL_STUDY, names, study, id, at, RETENTION_SECONDS);
    },
  };
}
