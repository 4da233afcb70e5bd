import { Queue, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Settings } from '../config/index.js';
import { knownWorkers, priorityNumber, STUDY_QUEUE, type StudyQueue } from '../store/index.js';
import type { Metrics } from './metrics.js';

const MODEL_HASH_DIGITS = 12;

/**
 * Reads the queue and the workers from Redis whenever the metrics are read; for a gateway. While Redis is away these
 * metrics are absent, which is what an alert on `absent()` looks for.
 */
export function measureQueue(
  metrics: Metrics,
  parts: { redis: Redis; settings: Pick<Settings, 'redis'>; queue: StudyQueue },
): { close(): Promise<void> } {
  const { redis, settings, queue } = parts;
  const { prefix } = settings.redis;
  const jobs = new Queue(STUDY_QUEUE, { connection: redis, prefix });
  // Without a listener BullMQ prints each failed reconnect.
  jobs.on('error', () => undefined);

  metrics.beforeScrape(async () => {
    metrics.queueJobs.reset();
    metrics.queueOldest.remove();
    const counts = await queue.counts();
    for (const [state, count] of Object.entries(counts)) metrics.queueJobs.set({ state }, count);
    metrics.queueOldest.set(await oldestSeconds(jobs, queue));
  });
  metrics.beforeScrape(async () => {
    metrics.workersAlive.remove();
    metrics.modelInfo.reset();
    const alive = (await knownWorkers(redis, prefix)).filter((worker) => worker.alive);
    metrics.workersAlive.set(alive.length);
    for (const { model, provider } of alive) noteModel(metrics, { ...model, provider });
  });
  return { close: () => jobs.close() };
}

/** Names a model that is loaded. */
export function noteModel(
  metrics: Metrics,
  { version, sha256, provider }: { version: string; sha256: string; provider: string },
): void {
  metrics.modelInfo.set({ version, sha256: sha256.slice(0, MODEL_HASH_DIGITS), provider }, 1);
}

/**
 * Age of the oldest urgent or normal study that waits. Within a class the first is the oldest; classes stand one
 * behind the other. Off-peak studies may wait for hours as they should.
 */
async function oldestSeconds(jobs: Queue, queue: StudyQueue): Promise<number> {
  const { urgent } = await queue.countsByPriority();
  const first = await Promise.all([
    jobs.getJobs(['waiting'], 0, 0, true),
    jobs.getJobs(['prioritized'], 0, 0, true),
    jobs.getJobs(['prioritized'], urgent, urgent, true),
  ]);
  // A job that was taken between the list and its reading is undefined.
  const waiting = first.flat().filter((job): job is Job => job !== undefined && job.priority < OFF_PEAK);
  const since = Math.min(...waiting.map((job) => job.timestamp));
  return waiting.length === 0 ? 0 : Math.max(0, (Date.now() - since) / 1000);
}

const OFF_PEAK = priorityNumber('offpeak');
