import type { Logger } from 'pino';
import type { Settings } from '../config/index.js';
import { AppError, isSelfTestStudy, pseudonym, type Uid, WRITE_TEST_STUDY } from '../core/index.js';
import type { Store } from '../store/index.js';

/** Where a signal came from. */
export type SignalSource = 'changes' | 'hook' | 'stow' | 'reconcile' | 'admin';

/** Collects signals and queues a study once no more come for a while. */
export interface QuietPeriod {
  /** Notes that a study has changed. When this returns, the study will be queued whatever crashes. */
  signal(study: Uid, source: SignalSource): Promise<void>;
  /** Notes a signal of a study whose StudyInstanceUID is none: it can be named, counted and not processed. */
  refuse(studyInstanceUid: string, source: SignalSource): Promise<void>;
  /** Queues what has been quiet for long enough; called by a timer. @returns how many were queued */
  queueDue(now?: number): Promise<number>;
}

/** Somebody who wants to know what the intake does: metrics, tracing, the silent-feed alert. */
export interface IntakeHooks {
  /** A signal was kept. `first`: it began a round. `known`: the study had been here before, or is the doctor's own. */
  signalled(signal: { source: SignalSource; first: boolean; known: boolean }): Promise<void>;
  /** A study was refused for the first time. */
  refused(signal: { source: SignalSource }): void;
  /** A round is about to be queued. @returns the `traceparent` that the run is to continue */
  queued(round: { correlationId: string; since: string | undefined }): string | undefined;
}

const BATCH = 100;

/** The quiet period; its studies are kept in the store. */
export function openQuietPeriod(dependencies: {
  store: Pick<Store, 'rounds' | 'queue' | 'ledger' | 'refusedStudies'>;
  settings: Pick<Settings, 'intake'>;
  log: Logger;
  watch?: IntakeHooks;
}): QuietPeriod {
  const { settings, log, watch } = dependencies;
  const { rounds, queue, ledger, refusedStudies } = dependencies.store;

  return {
    async signal(study, source) {
      // The doctor's object is there for a moment and is nobody's.
      if (study === WRITE_TEST_STUDY) return;
      const { correlationId, first } = await rounds.signal(
        study,
        Date.now() + settings.intake.quietSeconds * 1000,
      );
      const record = await ledger.record(study);
      const cancelled = record?.state === 'cancelled';
      const newRound = record === undefined || record.state === 'done' || cancelled;
      await ledger.update(study, {
        ...(newRound ? { arrivedAt: new Date().toISOString(), round: 'arrival', correlationId } : {}),
        ...(cancelled ? { state: 'quiet' } : {}),
      });
      await ledger.addEvent(study, 'signal', { source, correlationId });
      log.debug({ study: pseudonym(study), source, correlationId }, 'signal');
      const known = record !== undefined || isSelfTestStudy(study);
      await watch?.signalled({ source, first, known });
    },

    async refuse(studyInstanceUid, source) {
      if (!(await refusedStudies.add(studyInstanceUid, source))) return;
      watch?.refused({ source });
      const { code, message, advice } = new AppError(
        'INVALID_UID',
        'A study cannot be processed: its StudyInstanceUID is not a DICOM UID (digits and dots, at most 64 characters)',
      );
      log.warn({ study: pseudonym(studyInstanceUid), source, code, detail: message }, advice);
    },

    async queueDue(now = Date.now()) {
      const due = await rounds.due(now, BATCH);
      for (const round of due) {
        const { study } = round;
        const record = await ledger.record(study);
        if (record?.state !== 'running' && record?.state !== 'retrying') {
          await ledger.update(study, { state: 'queued' });
        }
        const traceparent = watch?.queued({ correlationId: round.correlationId, since: record?.arrivedAt });
        const at = new Date();
        const correlationId = await queue.enqueue(study, { correlationId: round.correlationId, traceparent });
        // Only now: a crash before this line queues the study again, which changes nothing.
        await rounds.end(round);
        // A study that waited already keeps the id of the round before.
        const joined = correlationId === round.correlationId ? {} : { round: round.correlationId };
        await ledger.addEvent(study, 'queued', { correlationId, ...joined }, at);
        log.info({ study: pseudonym(study), correlationId, ...joined }, 'study queued');
      }
      return due.length;
    },
  };
}
