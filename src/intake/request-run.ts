import { AppError, type Uid } from '../core/index.js';
import type { Archive } from '../archive/index.js';
import type { Priority, Store } from '../store/index.js';

/** Why somebody wants a run; becomes the event in the study's timeline. */
export type RunReason = 'reprocess' | 'replay' | 'backfill';

/** What asking for a run needs. */
export interface RunDependencies {
  readonly store: Pick<Store, 'ledger' | 'queue'>;
  readonly archive: Archive;
}

/**
 * Asks for a run of a study although nothing changed. Asking again before it has run changes nothing.
 * @returns the correlation id of the run
 */
export async function requestRun(
  { store: { ledger, queue } }: RunDependencies,
  study: Uid,
  request: { reason: RunReason; priority?: Priority | undefined; actor: string },
): Promise<string> {
  const { reason, priority = 'normal', actor } = request;
  // The request is kept before the job exists: a crash in between leaves a request, not a forgotten one.
  await ledger.requestForce(study);
  const state = (await ledger.record(study))?.state;
  if (state !== 'running' && state !== 'retrying') {
    await ledger.update(study, { state: 'queued', arrivedAt: new Date().toISOString(), round: 'request' });
  }
  const at = new Date();
  const correlationId = await queue.enqueue(study, { priority });
  await ledger.addEvent(study, reason, { correlationId, priority, actor }, at);
  return correlationId;
}

/** @throws AppError `NOT_FOUND` for a study that neither the ledger nor the archive knows */
export async function mustExist({ store: { ledger }, archive }: RunDependencies, study: Uid): Promise<void> {
  if (await ledger.has(study)) return;
  if ((await archive.dicomweb.searchInstances(study)).length > 0) return;
  throw new AppError('NOT_FOUND', 'Neither the ledger nor the archive knows this study');
}
