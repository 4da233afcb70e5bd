import type { Logger } from 'pino';
import { problemOf, pseudonym } from '../core/index.js';
import type { EventStream, Ledger, StudyChange, StudyRecord } from '../store/index.js';
import { currentScope } from './scope.js';

/** A change of what is known of a study. */
export interface LedgerChange {
  readonly record: StudyRecord;
  /** A run has just ended with an outcome. */
  readonly ended: boolean;
}

const TELLING = ['state', 'outcome', 'arrivedAt'] as const;

/**
 * A ledger that tells of every change of state or outcome once it is kept, and puts the correlation id of the work
 * under way into every line of a timeline. A listener that fails is logged: it must not fail the study.
 */
export function observedLedger(
  ledger: Ledger,
  listeners: readonly ((change: LedgerChange) => Promise<void> | void)[],
  log: Logger,
): Ledger {
  return {
    ...ledger,
    async update(uid, change) {
      await ledger.update(uid, change);
      if (!TELLING.some((key) => change[key] !== undefined)) return;
      const ended = change.state === 'done' && change.outcome !== undefined;
      try {
        const record = await ledger.record(uid);
        if (record) for (const listener of listeners) await listener({ record, ended });
      } catch (error) {
        log.warn({ study: pseudonym(uid), code: problemOf(error).title }, 'change not told');
      }
    },
    addEvent(uid, event, detail, at) {
      const correlationId = currentScope()?.correlationId;
      const whole = correlationId === undefined ? detail : { correlationId, ...detail };
      return ledger.addEvent(uid, event, whole, at);
    },
  };
}

/** Writes changes to the events that gateways show and webhooks deliver. */
export function publishChanges(events: EventStream): (change: LedgerChange) => Promise<void> {
  return async (change) => {
    await events.publish({ type: 'study', data: studyChangeOf(change) });
  };
}

function studyChangeOf({ record, ended }: LedgerChange): StudyChange {
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

/** Channels of a record's current results. */
export function channelsOf(record: StudyRecord): StudyChange['channels'] {
  const current = record.units.filter(({ outcome }) => outcome !== 'superseded');
  return [...new Set(current.flatMap(({ channel }) => channel ?? []))].sort();
}
