import type { Settings } from './schema.js';

const WITH_CHANGE_FEED_SECONDS = 600;
const ALONE_SECONDS = 20;

/** Seconds between two reconcile passes; 0 = none. Without a change feed nothing else may tell of a study. */
export function reconcileSeconds({ intake, archive }: Pick<Settings, 'intake' | 'archive'>): number {
  if (intake.reconcileIntervalSeconds !== 'auto') return intake.reconcileIntervalSeconds;
  return intake.changes && archive.orthancUrl !== '' ? WITH_CHANGE_FEED_SECONDS : ALONE_SECONDS;
}
