import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Uid } from '../../core/index.js';

/** A study whose signals may have ended. */
export interface DueRound {
  readonly study: Uid;
  /** When it was due, as Redis keeps it. */
  readonly score: string;
  readonly correlationId: string;
}

/** Rounds of arrival: from a study's first signal until it is queued. Each has a correlation id of its own. */
export interface Rounds {
  /** Notes a signal. @returns the round's id, and whether this signal began it */
  signal(study: Uid, dueAt: number): Promise<{ correlationId: string; first: boolean }>;
  due(now: number, limit: number): Promise<DueRound[]>;
  /** Ends a round that was queued. One with a later signal goes on under a new id: a run of its own follows. */
  settle(round: DueRound): Promise<void>;
}

// A signal that arrived between reading and removing has a newer score: the study then stays in the set.
const SETTLE = `
if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then
  redis.call('HDEL', KEYS[2], ARGV[1])
  return redis.call('ZREM', KEYS[1], ARGV[1])
end
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then redis.call('HSET', KEYS[2], ARGV[1], ARGV[3]) end
return 0`;

/** A sorted set (member = study, score = when it is due, ms since 1970) and a hash of the rounds' ids. */
export function openRounds(redis: Redis, prefix: string): Rounds {
  const quiet = `${prefix}:intake:quiet`;
  const ids = `${prefix}:intake:rounds`;
  return {
    async signal(study, dueAt) {
      const fresh = randomUUID();
      const answers = await redis
        .multi()
        .zadd(quiet, dueAt, study)
        .hsetnx(ids, study, fresh)
        .hget(ids, study)
        .exec();
      const kept = answers?.[2]?.[1];
      return { correlationId: typeof kept === 'string' ? kept : fresh, first: kept === fresh };
    },

    async due(now, limit) {
      const pairs = await redis.zrangebyscore(quiet, '-inf', now, 'WITHSCORES', 'LIMIT', 0, limit);
      const studies = pairs.filter((_, i) => i % 2 === 0) as Uid[];
      if (studies.length === 0) return [];
      const known = await redis.hmget(ids, ...studies);
      // Without an id: a signal kept by an earlier version.
      return studies.map((study, i) => ({
        study,
        score: pairs[2 * i + 1]!,
        correlationId: known[i] ?? randomUUID(),
      }));
    },

    async settle({ study, score }) {
      await redis.eval(SETTLE, 2, quiet, ids, study, score, randomUUID());
    },
  };
}
