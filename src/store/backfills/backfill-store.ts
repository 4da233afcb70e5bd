import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { isUid, type Uid } from '../../core/index.js';
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
const KEPT_SECONDS = 30 * 24 * 3600;
/** After a pause the rate is kept, not made up for: at most this much is behind. */
const BEHIND_MS = 1000;

/** KEYS: backfill, remaining, taken. ARGV: now, taken before this is free again, most that is behind (ms). */
const TAKE = `
if redis.call('HGET', KEYS[1], 'state') ~= 'running' then return false end
local now = tonumber(ARGV[1])
local lost = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[2], 'LIMIT', 0, 1)[1]
local study = lost
if not study then
  local next = tonumber(redis.call('HGET', KEYS[1], 'nextAt') or '0')
  if next > now then return false end
  study = redis.call('LPOP', KEYS[2])
  if not study then return false end
  local interval = 60000 / tonumber(redis.call('HGET', KEYS[1], 'perMinute'))
  redis.call('HSET', KEYS[1], 'nextAt', tostring(math.max(next, now - tonumber(ARGV[3])) + interval))
end
redis.call('ZADD', KEYS[3], now, study)
return study`;

/** KEYS: backfill, remaining, taken, running. ARGV: study, id, time as text, expiry (s). */
const FINISH = `
if redis.call('ZREM', KEYS[3], ARGV[1]) == 1 then redis.call('HINCRBY', KEYS[1], 'done', 1) end
if redis.call('HGET', KEYS[1], 'state') ~= 'running' then return 0 end
if redis.call('LLEN', KEYS[2]) + redis.call('ZCARD', KEYS[3]) > 0 then return 0 end
redis.call('HSET', KEYS[1], 'state', 'done', 'endedAt', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('SREM', KEYS[4], ARGV[2])
return 1`;

/** KEYS: backfill, remaining, taken, running. ARGV: id, time as text, expiry (s). */
const CANCEL = `
if redis.call('HGET', KEYS[1], 'state') ~= 'running' then return 0 end
redis.call('HSET', KEYS[1], 'state', 'cancelled', 'endedAt', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('SREM', KEYS[4], ARGV[1])
return 1`;

/** @param prefix of all our keys */
export function openBackfillStore(redis: Redis, prefix: string): BackfillStore {
  const base = `${prefix}:backfills`;
  const all = `${base}:all`;
  const running = `${base}:running`;
  const key = (id: string) => `${base}:one:${id}`;
  const remaining = (id: string) => `${base}:remaining:${id}`;
  const taken = (id: string) => `${base}:taken:${id}`;

  async function get(id: string): Promise<Backfill | undefined> {
    const fields = await redis.hgetall(key(id));
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
        await redis.rpush(remaining(id), ...studies.slice(at, at + 1000));
      }
      const transaction = redis.multi().hset(key(id), backfill).zadd(all, Date.parse(createdAt), id);
      if (empty) transaction.expire(key(id), KEPT_SECONDS);
      else transaction.sadd(running, id);
      transaction.zremrangebyscore(all, '-inf', Date.parse(createdAt) - KEPT_SECONDS * 1000 * 2);
      await transaction.exec();
      return backfill;
    },

    get,

    async list(limit) {
      const ids = await redis.zrevrange(all, 0, limit - 1);
      return (await Promise.all(ids.map(get))).filter((one) => one !== undefined);
    },

    async cancel(id) {
      const keys = [key(id), remaining(id), taken(id), running];
      return (await redis.eval(CANCEL, 4, ...keys, id, new Date().toISOString(), KEPT_SECONDS)) === 1;
    },

    running: () => redis.smembers(running),

    async take(id, now) {
      const keys = [key(id), remaining(id), taken(id)];
      const study = await redis.eval(TAKE, 3, ...keys, now, now - TAKEN_FOR_MS, BEHIND_MS);
      return isUid(study) ? study : undefined;
    },

    async finish(id, study, now) {
      const keys = [key(id), remaining(id), taken(id), running];
      await redis.eval(FINISH, 4, ...keys, study, id, new Date(now).toISOString(), KEPT_SECONDS);
    },
  };
}
