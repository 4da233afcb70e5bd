import type { Logger } from 'pino';
import type { Settings } from '../config/index.js';
import { AppError, isSelfTestStudy, pseudonym, type Uid, WRITE_TEST_STUDY } from '../core/index.js';
import type { OrthancClient } from '../archive/index.js';
import type { DueRound, Store, StudyRecord } from '../store/index.js';

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
/** Clocks are set by less than this all the time. */
const CLOCK_STEP_MS = 300_000;

/** States in which a run has noted what the archive held when it began. */
const LOOKED: ReadonlySet<StudyRecord['state']> = new Set(['running', 'retrying', 'done']);

/** The quiet period; its studies are kept in the store. */
export function openQuietPeriod(dependencies: {
  store: Pick<Store, 'rounds' | 'queue' | 'ledger' | 'refusedStudies' | 'server'>;
  settings: Pick<Settings, 'intake'>;
  /** Asked whether a study has changed at all, where it can tell. */
  orthanc?: Pick<OrthancClient, 'studyState'> | undefined;
  log: Logger;
  watch?: IntakeHooks;
}): QuietPeriod {
  const { settings, log, watch, orthanc } = dependencies;
  const { rounds, queue, ledger, refusedStudies, server } = dependencies.store;
  const quietMs = settings.intake.quietSeconds * 1000;

  /** When a round began and what it heard; from the timeline, so that no signal has to change the record. */
  async function signalsOf({ study, correlationId }: DueRound) {
    const events = await ledger.events(study);
    const own = events.filter(
      ({ event, detail }) => event === 'signal' && detail?.correlationId === correlationId,
    );
    return { since: own[0]?.at, sources: own.map(({ detail }) => detail?.source) };
  }

  /**
   * Whether a study is as its last run, or the one that goes on, saw it: what its signals told of are our own results, or was
   * seen already. An upload through the gateway is always looked at: it may have exchanged pixels.
   */
  async function isOldNews(record: StudyRecord, sources: readonly unknown[]): Promise<boolean> {
    if (!orthanc || record.archiveState === undefined || !LOOKED.has(record.state)) return false;
    if (sources.length === 0 || sources.some((source) => source === 'stow' || source === 'admin'))
      return false;
    const state = await orthanc.studyState(record.studyInstanceUid).catch(() => undefined);
    if (state?.sources !== record.archiveState) return false;
    // Results of a run that goes on are still to come; a record of one whose job was lost is no reason to wait.
    if (record.state !== 'done') return (await queue.find(record.studyInstanceUid)) !== undefined;
    return record.units
      .filter(({ outcome }) => outcome === 'segmented')
      .flatMap(({ segSeriesUid, srSeriesUid }) => [segSeriesUid, srSeriesUid])
      .every((series) => series === undefined || state.results.includes(series));
  }

  return {
    async signal(study, source) {
      // The doctor's object is there for a moment and is nobody's.
      if (study === WRITE_TEST_STUDY) return;
      // By Redis' clock, which all gateways share: with its own, one that is an hour ahead would put the study off by an hour.
      const { correlationId, first } = await rounds.signal(study, (await server.time()) + quietMs);
      const record = await ledger.record(study);
      const cancelled = record?.state === 'cancelled';
      // A finished study stays as it is until something really is to be done.
      if (record === undefined || cancelled) {
        await ledger.update(study, {
          arrivedAt: new Date().toISOString(),
          round: 'arrival',
          correlationId,
          ...(cancelled ? { state: 'quiet' } : {}),
        });
      }
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

    async queueDue(at) {
      const now = at ?? (await server.time());
      // Nothing waits longer than the quiet period: what is due later was noted before Redis' clock was set back.
      const due = await rounds.due(now, BATCH, now + quietMs + CLOCK_STEP_MS);
      for (const round of due) {
        const { study } = round;
        const record = await ledger.record(study);
        const { since, sources } = await signalsOf(round);
        if (record && (await isOldNews(record, sources))) {
          await rounds.end(round);
          await ledger.addEvent(study, 'nothing-new', { correlationId: round.correlationId });
          continue;
        }
        const begun = record?.state === 'done' ? (since ?? new Date().toISOString()) : record?.arrivedAt;
        if (record?.state !== 'running' && record?.state !== 'retrying') {
          const { correlationId } = round;
          const arrival =
            record?.state === 'done' ? { arrivedAt: begun, round: 'arrival' as const, correlationId } : {};
          await ledger.update(study, { state: 'queued', ...arrival });
        }
        const traceparent = watch?.queued({ correlationId: round.correlationId, since: begun });
        const queuedAt = new Date();
        const correlationId = await queue.enqueue(study, { correlationId: round.correlationId, traceparent });
        // Only now: a crash before this line queues the study again, which changes nothing.
        await rounds.end(round);
        // A study that waited already keeps the id of the round before.
        const joined = correlationId === round.correlationId ? {} : { round: round.correlationId };
        await ledger.addEvent(study, 'queued', { correlationId, ...joined }, queuedAt);
        log.info({ study: pseudonym(study), correlationId, ...joined }, 'study queued');
      }
      return due.length;
    },
  };
}
