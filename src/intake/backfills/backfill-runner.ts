import { requestRun, type RunDependencies } from '../request-run.js';
import type { Store } from '../../store/index.js';

/** Studies of one backfill in a pass, so that others get their turn and a stop does not wait long. */
const BATCH = 100;

/**
 * Queues the studies of all running backfills whose time has come; called by a timer in every gateway.
 * @returns how many were queued
 */
export async function runBackfills(
  dependencies: RunDependencies & { readonly store: Pick<Store, 'backfills'> },
  now: () => number = Date.now,
): Promise<number> {
  const { backfills } = dependencies.store;
  let queued = 0;
  for (const id of await backfills.running()) {
    const backfill = await backfills.get(id);
    if (!backfill) continue;
    const { priority, actor } = backfill;
    for (let count = 0; count < BATCH; count += 1) {
      const study = await backfills.take(id, now());
      if (study === undefined) break;
      // Queued twice after a crash is queued once: a study that waits is not added again.
      await requestRun(dependencies, study, { reason: 'backfill', priority, actor });
      await backfills.finish(id, study, now());
      queued += 1;
    }
  }
  return queued;
}
