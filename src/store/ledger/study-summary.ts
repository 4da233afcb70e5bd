import type { Channel } from '../../core/index.js';
import type { StudyRecord } from './study-record.js';

/** What a record's units say of the study as a whole; results that were superseded do not count. */
export interface StudySummary {
  /** Channels of its display units, in the order in which they came. */
  readonly channels: readonly Channel[];
  /** Lowest routing score 0–1 of its display units: the most doubtful one. */
  readonly score: number | undefined;
  /** Lowest predicted Dice of its display units, where the model tells it. */
  readonly predictedDice: number | undefined;
  /** Whether a person should look at one of its results. */
  readonly needsReview: boolean;
  /** Results of earlier runs, and others of ours, that its last run found in the archive beside the present ones. */
  readonly superseded: number;
  /** Display units. */
  readonly units: number;
  /** Frames segmented. */
  readonly frames: number;
  /** Failed and waiting for somebody to decide. */
  readonly quarantined: boolean;
  /** What ended the study, or the first of its display units that an error ended. */
  readonly error: StudyRecord['error'];
  /** Why there is no result: of the error, or the last words of routing. Nothing where there is one. */
  readonly reason: string | undefined;
}

/** Sums a record up. */
export function summarize(record: StudyRecord): StudySummary {
  const units = record.units.filter(({ outcome }) => outcome !== 'superseded');
  const scores = units.flatMap(({ score }) => (score === undefined ? [] : [score]));
  const error = record.error ?? units.find((unit) => unit.error !== undefined)?.error;
  const predicted = units.flatMap(({ quality }) => (quality === undefined ? [] : [quality.predicted]));
  return {
    channels: [...new Set(units.flatMap(({ channel }) => (channel === undefined ? [] : [channel])))],
    score: scores.length === 0 ? undefined : Math.min(...scores),
    predictedDice: predicted.length === 0 ? undefined : Math.min(...predicted),
    needsReview: units.some(({ quality }) => quality?.review === true),
    superseded: record.units.length - units.length,
    units: units.length,
    frames: units.reduce((sum, { frames }) => sum + (frames?.total ?? 0), 0),
    quarantined: record.outcome === 'failed' && record.state === 'done' && record.discarded === undefined,
    error,
    reason: error?.message ?? reasonOf(record.outcome, units),
  };
}

/** The last reason is the one that decided. */
function reasonOf(outcome: StudyRecord['outcome'], units: StudyRecord['units']): string | undefined {
  if (outcome === undefined || outcome === 'segmented') return undefined;
  if (units.length === 0)
    return outcome === 'unsupported' ? 'it holds no image that can be segmented' : undefined;
  if (outcome === 'empty') return 'nothing was found on any frame';
  return (units.find((unit) => unit.outcome === outcome) ?? units[0])?.reasons.at(-1);
}
