import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Settings } from '../config/index.js';
import type { Uid } from '../core/index.js';
import type { StudyJob } from './study-job.js';

/** BullMQ's name of the queue; keys are `<prefix>:studies:*`. */
export const STUDY_QUEUE = 'studies';

/** The way into the queue. */
export interface StudyQueue {
  /**
   * Queues a study once: while it waits further calls change nothing; while it runs one more run follows.
   * @returns the correlation id of the run that will see the study
   */
  enqueue(studyInstanceUid: Uid): Promise<string>;
  /** Jobs by state. */
  counts(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

/** Opens the queue of studies on a connection of its caller's. */
export function openStudyQueue(redis: Redis, settings: Pick<Settings, 'redis' | 'worker'>): StudyQueue {
  const queue = new Queue<StudyJob>(STUDY_QUEUE, { connection: redis, prefix: settings.redis.prefix });
  return {
    async enqueue(studyInstanceUid) {
      const data: StudyJob = {
        studyInstanceUid,
        correlationId: randomUUID(),
        queuedAt: new Date().toISOString(),
      };
      // Not jobId: a kept job with the same id would silently swallow the addition.
      const job = await queue.add('segment', data, {
        deduplication: { id: studyInstanceUid, keepLastIfActive: true },
        attempts: settings.worker.attempts,
        backoff: { type: 'exponential', delay: settings.worker.backoffSeconds * 1000 },
        removeOnComplete: { age: 7 * 24 * 3600, count: 10_000 },
        removeOnFail: { age: 30 * 24 * 3600, count: 10_000 },
      });
      return job.data?.correlationId ?? data.correlationId;
    },
    counts: () => queue.getJobCounts('waiting', 'active', 'delayed', 'completed', 'failed'),
    close: () => queue.close(),
  };
}
