import { z } from 'zod';
import type { Store } from '../../store/index.js';
import type { Snapshots } from './event-hub.js';

const count = z.int().min(0);

/** Data of the event `queue`. */
export const queueSnapshot = z.object({
  counts: z.object({ waiting: count, active: count, delayed: count, completed: count, failed: count }),
  paused: z.boolean(),
});

/** Data of the event `worker`. */
export const workersSnapshot = z.object({
  workers: z.array(
    z.object({
      id: z.string(),
      host: z.string(),
      alive: z.boolean(),
      provider: z.string(),
      model: z.object({ version: z.string(), sha256: z.string() }),
      slots: z.int(),
      current: z.array(
        z.object({ studyInstanceUid: z.string(), correlationId: z.string(), since: z.iso.datetime() }),
      ),
      done1h: z.int(),
    }),
  ),
});

/** Reads what is sent as events `queue` and `worker`; nothing in it changes by the mere passing of time. */
export async function readSnapshots(store: Pick<Store, 'queue' | 'workers'>): Promise<Snapshots> {
  const { queue, workers: registry } = store;
  const [counts, paused, workers] = await Promise.all([queue.counts(), queue.isPaused(), registry.known()]);
  const { waiting = 0, active = 0, delayed = 0, completed = 0, failed = 0 } = counts;
  return {
    queue: queueSnapshot.parse({ counts: { waiting, active, delayed, completed, failed }, paused }),
    worker: workersSnapshot.parse({ workers }),
  };
}
