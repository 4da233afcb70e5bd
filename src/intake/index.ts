/** How studies come in: four independent signals into one quiet period, and backfills. */
export { runBackfills } from './backfills/backfill-runner.js';
export { backfillQuery, chooseStudies } from './backfills/choose-studies.js';
export { cancelRun, drainQueue } from './cancel-runs.js';
export { type IntakeHooks, openQuietPeriod, type QuietPeriod } from './quiet-period.js';
export { repeat } from './repeat.js';
export { mustExist, requestRun } from './request-run.js';
export { startIntake } from './start-intake.js';
export { studiesIn } from './stow-studies.js';
