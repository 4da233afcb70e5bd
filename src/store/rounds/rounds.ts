import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Uid } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';
import { END_ROUND } from '../scripts/end-round.js';
import { runScript } from '../scripts/script.js';

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
  /** What was due until `now`, and what is due after `latest`, which only a clock that was set back can have made so. */
  due(now: number, limit: number, latest: number): Promise<DueRound[]>;
  /** Ends a round that was queued. One with a later signal goes on under a new id: a run of its own follows. */
  end(round: DueRound): Promise<void>;
  /** Forgets the round of a study. @returns false when there was none */
  cancel(study: Uid): Promise<boolean>;
}

/** A sorted set (member = study, score = when it is due, ms since 1970) and a hash of the rounds' ids. */
export function openRounds(redis: Redis, keys: StoreKeys['intake']): Rounds {
  const { quiet, rounds: ids } = keys;
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

    async due(now, limit, latest) {
      const [past, beyond] = await Promise.all([
        redis.zrangebyscore(quiet, '-inf', now, 'WITHSCORES', 'LIMIT', 0, limit),
        redis.zrangebyscore(quiet, latest, '+inf', 'WITHSCORES', 'LIMIT', 0, limit),
      ]);
      const pairs = [...past, ...beyond];
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

    async end({ study, score }) {
      await runScript(redis, END_ROUND, [quiet, ids], study, score, randomUUID());
    },

    async cancel(study) {
      const answers = await redis.multi().zrem(quiet, study).hdel(ids, study).exec();
      return answers?.[0]?.[1] === 1;
    },
  };
}
