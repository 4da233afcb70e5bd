import type { Uid } from '../core/index.js';
import type { Store } from '../store/index.js';

const BATCH = 500;

/**
 * Takes a study out of whatever it waits in, and says so on its timeline. A study that never ran becomes `cancelled`;
 * another one keeps its last result. A worker that runs it is asked to stop before its next frame.
 * @param actor who asked for it
 * @returns what it was in; undefined when it was in nothing
 */
export async function cancelRun(
  { ledger, queue, rounds }: Pick<Store, 'ledger' | 'queue' | 'rounds'>,
  study: Uid,
  actor: string,
): Promise<'quiet' | 'queued' | 'running' | undefined> {
  const before = await ledger.record(study);
  const force = await ledger.forceRequest(study);
  // The queue first: what becomes due between the two lines is then found in the queue by the next try.
  const wasQueued = await queue.remove(study);
  const wasQuiet = await rounds.cancel(study);
  const from = wasQueued || (await queue.remove(study)) ? 'queued' : wasQuiet ? 'quiet' : undefined;
  if (from === undefined) {
    if (before?.state !== 'running') return undefined;
    await ledger.update(study, { stop: { at: new Date().toISOString(), actor } });
    await ledger.addEvent(study, 'stop', { actor });
    return 'running';
  }
  if (force !== undefined) await ledger.clearForce(study, force);
  const { state, outcome } = (await ledger.record(study)) ?? before ?? {};
  // Signals may arrive while an earlier run still goes on: that run ends as it would.
  if (state !== 'running') await ledger.update(study, { state: outcome ? 'done' : 'cancelled' });
  await ledger.addEvent(study, 'cancelled', { from, actor });
  return from;
}

/**
 * Takes every study that waits out of the queue, and says so on its timeline. Running studies are left alone.
 * @param actor who asked for it
 * @returns how many were taken out
 */
export async function drainQueue(
  { ledger, queue }: Pick<Store, 'ledger' | 'queue'>,
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
      const record = await ledger.record(study);
      await ledger.update(study, { state: record?.outcome === undefined ? 'cancelled' : 'done' });
      await ledger.addEvent(study, 'cancelled', { from: 'queued', reason: 'drain', actor });
    }
    removed += progress;
    // What is left without progress has been taken by workers meanwhile.
    if (progress === 0) return removed;
  }
}
