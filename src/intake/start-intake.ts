/** Intake: four independent signals (change feed, webhook, STOW passing through, reconcile) into one quiet period. */
import type { Logger } from 'pino';
import { reconcileSeconds, type Settings } from '../config/index.js';
import type { Archive } from '../archive/index.js';
import type { Store } from '../store/index.js';
import { openChangesFollower } from './changes-follower.js';
import type { QuietPeriod } from './quiet-period.js';
import { repeat, type Repeating } from './repeat.js';
import { openReconcile } from './reconcile.js';

const DUE_CHECK_MS = 250;

/** Starts what the gateway does by itself. @returns a function that stops it */
export function startIntake(dependencies: {
  store: Pick<Store, 'intake'>;
  settings: Settings;
  archive: Archive;
  quiet: QuietPeriod;
  log: Logger;
}): () => Promise<void> {
  const { store, settings, archive, quiet, log } = dependencies;
  const { intake } = settings;
  const common = { progress: store.intake, startAt: intake.startAt };
  const running: Repeating[] = [repeat('quiet-period', DUE_CHECK_MS, () => quiet.queueDue(), log)];

  if (intake.changes && archive.orthanc) {
    const follower = openChangesFollower({
      ...common,
      orthanc: archive.orthanc,
      signal: (study) => quiet.signal(study, 'changes'),
      refuse: (study) => quiet.refuse(study, 'changes'),
    });
    running.push(repeat('orthanc-changes', intake.changesIntervalSeconds * 1000, () => follower.poll(), log));
  }
  const reconcileEvery = reconcileSeconds(settings);
  if (reconcileEvery > 0) {
    const reconcile = openReconcile({
      ...common,
      dicomweb: archive.dicomweb,
      signal: (study) => quiet.signal(study, 'reconcile'),
      refuse: (study) => quiet.refuse(study, 'reconcile'),
    });
    running.push(repeat('reconcile', reconcileEvery * 1000, () => reconcile.run(), log));
  }
  return async () => {
    await Promise.all(running.map((task) => task.stop()));
  };
}
