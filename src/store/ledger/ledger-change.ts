import type { Channel } from '../../core/index.js';
import type { StudyChange } from '../events/event-stream.js';
import type { StudyRecord } from './study-record.js';

/** A change of the state or the outcome of a study, once it is kept. */
export interface LedgerChange {
  readonly record: StudyRecord;
  /** A run has just ended with an outcome. */
  readonly ended: boolean;
}

/** Hears of changes that this process makes. One that fails is logged: it must not fail the study. */
export type LedgerListener = (change: LedgerChange) => Promise<void> | void;

const PUBLISHED = ['state', 'outcome', 'arrivedAt'] as const;

/** Whether a change is one that others hear of. */
export const isPublished = (change: Partial<StudyRecord>): boolean =>
  PUBLISHED.some((field) => change[field] !== undefined);

/** What the event stream says of a change. */
export function eventOf({ record, ended }: LedgerChange): StudyChange {
  return {
    studyInstanceUid: record.studyInstanceUid,
    state: record.state,
    outcome: record.outcome,
    channels: channelsOf(record),
    seconds: record.seconds,
    correlationId: record.correlationId,
    ended,
  };
}

/** Channels of a record's current results, in the order of their names. */
export function channelsOf(record: StudyRecord): Channel[] {
  const current = record.units.filter(({ outcome }) => outcome !== 'superseded');
  return [...new Set(current.flatMap(({ channel }) => channel ?? []))].sort();
}
