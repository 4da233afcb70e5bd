import type { Uid } from '../../core/index.js';
import type { Ledger, StudyQueue } from '../../store/index.js';

const BATCH = 500;

/**
 * Takes every study that waits out of the queue, and says so on its timeline. Running studies are left alone.
 * @param actor who asked for it
 * @returns how many were taken out
 */
export async function drainQueue(
  { queue, ledger }: { readonly queue: StudyQueue; readonly ledger: Ledger },
  actor: string,
): Promise<number> {
  let removed = 0;
  for (;;) {
    const batch = await queue.waiting(BATCH);
    let progress = 0;
    for (const study of batch) {
      const force = await ledger.forceRequest(study);
      if (!(await queue.remove(study))) continue;
      progress += 1;
      if (force !== undefined) await ledger.clearForce(study, force);
      await noteCancelled(ledger, study, actor);
    }
    removed += progress;
    // What is left without progress has been taken by workers meanwhile.
    if (progress === 0) return removed;
  }
}

async function noteCancelled(ledger: Ledger, study: Uid, actor: string): Promise<void> {
  const record = await ledger.record(study);
  await ledger.update(study, { state: record?.outcome === undefined ? 'cancelled' : 'done' });
  await ledger.addEvent(study, 'cancelled', { from: 'queued', reason: 'drain', actor });
}
