import type { Settings } from '../../config/index.js';
import type { Uid } from '../../core/index.js';
import type { Archive } from '../../archive/index.js';
import type { Store } from '../../store/index.js';
import { deleteObjects } from '../probes/delete-objects.js';
import { pause } from './pause.js';

/** Where a study leaves traces. */
export interface SelfTestDependencies {
  readonly settings: Settings;
  readonly archive: Archive;
  readonly store: Store;
}

/** How long to wait for a worker that is still processing this study. */
const RUN_TIMEOUT_MS = 120_000;
const GIVE_UP_MS = 60_000;

/**
 * Removes a study of ours from archive, quiet period, queue and ledger. A signal that was under way when the archive
 * lost the study brings it back into the ledger: so it is looked again until the change feed has been read.
 * @returns false when the archive did not delete it; the ledger then keeps it too
 */
export async function removeStudy(dependencies: SelfTestDependencies, study: Uid): Promise<boolean> {
  const { settings } = dependencies;
  const { ledger, intake } = dependencies.store;
  await settle(dependencies, study);
  if (!(await deleteObjects(dependencies, { study }))) return false;
  await intake.forgetSeen(study);
  const began = Date.now();
  const quietFor = settings.intake.changesIntervalSeconds * 1000 + 1000;
  let lastSeen = began;
  while (Date.now() - lastSeen < quietFor && Date.now() - began < GIVE_UP_MS) {
    if (await ledger.record(study)) {
      lastSeen = Date.now();
      await settle(dependencies, study);
      await ledger.remove(study);
    }
    await pause(250);
  }
  return true;
}

/** Takes the study out of what would run it, and waits for a run under way. */
async function settle({ store }: SelfTestDependencies, study: Uid): Promise<void> {
  const { rounds, queue, ledger } = store;
  const deadline = Date.now() + RUN_TIMEOUT_MS;
  for (;;) {
    await rounds.cancel(study);
    await queue.remove(study);
    if ((await ledger.record(study))?.state !== 'running' || Date.now() > deadline) return;
    await pause(250);
  }
}
