import type { Store } from '../store/index.js';
import type { Metrics } from './metrics.js';

const MODEL_HASH_DIGITS = 12;

/**
 * Reads the queue and the workers from Redis whenever the metrics are read; for a gateway. While Redis is away these
 * metrics are absent, which is what an alert on `absent()` looks for.
 */
export function measureQueue(metrics: Metrics, { queue, workers }: Pick<Store, 'queue' | 'workers'>): void {
  metrics.beforeScrape(async () => {
    metrics.queueJobs.reset();
    metrics.queueOldest.remove();
    const counts = await queue.counts();
    for (const [state, count] of Object.entries(counts)) metrics.queueJobs.set({ state }, count);
    metrics.queueOldest.set(((await queue.oldestWaiting(Date.now())) ?? 0) / 1000);
  });
  metrics.beforeScrape(async () => {
    metrics.workersAlive.remove();
    metrics.modelInfo.reset();
    const alive = (await workers.known()).filter((worker) => worker.alive);
    metrics.workersAlive.set(alive.length);
    for (const { model, provider } of alive) recordModel(metrics, { ...model, provider });
  });
}

/** Names a model that is loaded. */
export function recordModel(
  metrics: Metrics,
  { version, sha256, provider }: { version: string; sha256: string; provider: string },
): void {
  metrics.modelInfo.set({ version, sha256: sha256.slice(0, MODEL_HASH_DIGITS), provider }, 1);
}
