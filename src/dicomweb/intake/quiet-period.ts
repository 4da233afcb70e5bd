import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Settings } from '../../config/index.js';
import { pseudonym, type Uid } from '../../core/index.js';
import type { Ledger } from '../../ledger/index.js';
import type { StudyQueue } from '../../queue/index.js';

/** Where a signal came from. */
export type SignalSource = 'changes' | 'hook' | 'stow' | 'sweep' | 'admin';

/** Collects signals and queues a study once no more come for a while. */
export interface QuietPeriod {
  /** Notes that a study has changed. When this returns, the study will be queued whatever crashes. */
  signal(study: Uid, source: SignalSource): Promise<void>;
  /** Queues what has been quiet for long enough; called by a timer. @returns how many were queued */
  queueDue(now?: number): Promise<number>;
}

// A signal that arrived between reading and removing has a newer score: the study then stays in the set.
const REMOVE_IF_SAME = `if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('ZREM', KEYS[1], ARGV[1]) end return 0`;
const BATCH = 100;

/** The quiet period on a sorted set of Redis: member = study, score = when it is due (ms since 1970). */
export function openQuietPeriod(parts: {
  redis: Redis;
  settings: Settings;
  queue: StudyQueue;
  ledger: Ledger;
  log: Logger;
}): QuietPeriod {
  const { redis, settings, queue, ledger, log } = parts;
  const key = `${settings.redis.prefix}:intake:quiet`;

  return {
    async signal(study, source) {
      await redis.zadd(key, Date.now() + settings.intake.quietSeconds * 1000, study);
      const record = await ledger.record(study);
      const newRound = record === undefined || record.state === 'done';
      await ledger.update(study, newRound ? { arrivedAt: new Date().toISOString() } : {});
      await ledger.addEvent(study, 'signal', { source });
      log.debug({ study: pseudonym(study), source }, 'signal');
    },

    async queueDue(now = Date.now()) {
      const due = await redis.zrangebyscore(key, '-inf', now, 'WITHSCORES', 'LIMIT', 0, BATCH);
      for (let index = 0; index < due.length; index += 2) {
        const study = due[index] as Uid;
        const score = due[index + 1]!;
        const record = await ledger.record(study);
        if (record?.state !== 'running' && record?.state !== 'retrying') {
          await ledger.update(study, { state: 'queued' });
        }
        const correlationId = await queue.enqueue(study);
        // Only now: a crash before this line queues the study again, which changes nothing.
        await redis.eval(REMOVE_IF_SAME, 1, key, study, score);
        await ledger.addEvent(study, 'queued', { correlationId });
        log.info({ study: pseudonym(study), correlationId }, 'study queued');
      }
      return due.length / 2;
    },
  };
}
