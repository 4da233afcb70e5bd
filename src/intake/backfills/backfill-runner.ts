import { requestRun, type RunParts } from '../request-run.js';
import type { BackfillStore } from '../../store/index.js';

/** Studies of one backfill in a pass, so that others get their turn and a stop does not wait long. */
const BATCH = 100;

/**
 * Queues the studies of all running backfills whose time has come; called by a timer in every gateway.
 * @returns how many were queued
 */
export async function runBackfills(
  store: BackfillStore,
  parts: RunParts,
  now: () => number = Date.now,
): Promise<number> {
  let queued = 0;
  for (const id of await store.running()) {
    const backfill = await store.get(id);
    if (!backfill) continue;
    const { priority, actor } = backfill;
    for (let count = 0; count < BATCH; count += 1) {
      const study = await store.take(id, now());
      if (study === undefined) break;
      // Queued twice after a crash is queued once: a study that waits is not added again.
      await requestRun(parts, study, { reason: 'backfill', priority, actor });
      await store.finish(id, study, now());
      queued += 1;
    }
  }
  return queued;
}
