import { DelayedError, UnrecoverableError, WaitingError, Worker, type Job } from 'bullmq';
import type { Logger } from 'pino';
import type { Settings } from '../config/index.js';
import {
  AppError,
  isSelfTestStudy,
  isUid,
  pseudonym,
  toAppError,
  type Uid,
  type UnitObservation,
  type UnitResult,
} from '../core/index.js';
import {
  asQueueError,
  deferToOffPeak,
  type FinishedRun,
  guardWorker,
  parseStudyJob,
  type Store,
  STUDY_QUEUE,
  type StudyRecord,
} from '../store/index.js';
import { type Telemetry, traceRun, stageSeconds } from '../telemetry/index.js';
import { processStudy, type SlotContext, type StudyContext, type StudyRun } from '../pipeline/index.js';
import { finishedRun } from './finished-run.js';
import type { Heartbeat } from './heartbeat.js';
import { openRest } from './rest-while-broken.js';
import type { Lending } from './slots/lending.js';
import type { PrepareSlot } from './slots/prepare-slot.js';
import { isClockWrong, waitWhereClockIsWrong } from './wrong-clock.js';

/** Takes studies from the queue until closed. */
export interface StudyWorker {
  /** Lets running studies finish, takes no new ones. */
  close(): Promise<void>;
}

/**
 * BullMQ's side of the work: retries, the ledger, the timeline. One slot a context, because an engine does one
 * thing at a time.
 * @param store on a connection that waits for Redis
 */
export function startStudyWorker(dependencies: {
  store: Pick<Store, 'ledger' | 'intake' | 'worker' | 'server'>;
  settings: Settings;
  contexts: readonly SlotContext[];
  log: Logger;
  heartbeat?: Heartbeat;
  telemetry?: Telemetry;
  /** A run has deleted superseded results of a study from the archive. */
  onDeleted?: (study: Uid, correlationId: string) => void;
  /** Lends engines that are free. */
  lending?: Lending;
  /** Brings a slot to the active model and the newest rules. */
  prepare?: PrepareSlot;
}): StudyWorker {
  const { settings, log } = dependencies;
  const { ledger, intake } = dependencies.store;
  const free = [...dependencies.contexts];

  async function run(job: Job, token?: string): Promise<void> {
    await deferToOffPeak(job, token, settings.queue);
    const { studyInstanceUid: study, correlationId } = parseStudyJob(job.data);
    const context = free.pop();
    if (!context) throw new AppError('INTERNAL', 'No engine is free');
    const entry = log.child({ study: pseudonym(study), correlationId, attempt: job.attemptsMade + 1 });
    const started = Date.now();
    const ended = dependencies.heartbeat?.begin(study, correlationId);
    let frames: number | undefined;
    try {
      // Before its model is looked at, which is not to be exchanged under a picture.
      await dependencies.lending?.take(context.engine);
      frames = await runStudy(study, correlationId, job, context, entry);
    } catch (thrown) {
      const error = toAppError(asQueueError(thrown));
      if (error.code === 'MODEL_BROKEN') await returnStudy(study, job, token, context, error);
      entry.warn({ code: error.code, detail: error.message, cause: causeOf(error) }, 'study failed');
      const last = !error.retryable || isLastAttempt(job);
      if (last && error.code === 'STUDY_EMPTY' && (await forget(study))) {
        entry.info('study is not in the archive: forgotten');
        return;
      }
      await noteFailure(study, error, last, job.attemptsMade + 1, { correlationId, started });
      if (!last) await waitWhereClockIsWrong(job, dependencies.store.server, worker);
      throw jobError(error);
    } finally {
      ended?.(frames);
      dependencies.lending?.giveBack(context.engine);
      free.push(context);
    }
  }

  /** A worker whose model broke is no reason for a study to fail: it goes back, and counts as not tried. */
  async function returnStudy(
    study: Uid,
    job: Job,
    token: string | undefined,
    context: SlotContext,
    error: AppError,
  ): Promise<never> {
    const { code, message } = error;
    await rest.begin(context.engine, error);
    await ledger.update(study, { state: 'queued' });
    await ledger.addEvent(study, 'returned', { code, message });
    if (await isClockWrong(dependencies.store.server)) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    await job.moveToDelayed(Date.now() + RETURN_DELAY_MS, token);
    throw new DelayedError();
  }

  async function runStudy(
    study: Uid,
    correlationId: string,
    job: Job,
    context: SlotContext,
    entry: Logger,
  ): Promise<number> {
    const attempts = job.attemptsMade + 1;
    const started = Date.now();
    // Before anything is read: what comes later is news for the next round.
    const archiveState = (await context.archive.orthanc?.studyState(study))?.sources;
    await ledger.update(study, {
      state: 'running',
      correlationId,
      attempts,
      archiveState,
      discarded: undefined,
      stop: undefined,
    });
    const [before, force] = await Promise.all([ledger.record(study), ledger.forceRequest(study)]);
    const settled = before?.outcome !== undefined && before.outcome !== 'failed';
    const note: StudyContext['note'] = (event, detail) => ledger.addEvent(study, event, detail);
    await note('started', { attempt: attempts, correlationId });
    const ready = (await dependencies.prepare?.(context, study)) ?? { context };
    const result = await processStudy(
      study,
      { ...ready.context, note, lastAttempt: isLastAttempt(job), isCancelled: isStopped(study) },
      {
        fingerprint: settled && force === undefined ? before.fingerprint : undefined,
        units: currentUnits(before),
        leftovers: (before?.units ?? []).filter(({ outcome }) => outcome === 'superseded'),
      },
    );
    if (result.deleted > 0) dependencies.onDeleted?.(study, correlationId);
    if (result.unchanged) {
      // The archive may have refused the tag at the last run, and somebody may have deleted what was superseded.
      const { tag, instances } = result;
      await ledger.update(study, { state: 'done', tag, instances, units: withLeftovers(result) });
      if (result.deleted > 0) await noteSeen(study, instances);
      await note('unchanged');
      return 0;
    }
    if (result.cancelled) return endStopped(study, before, result, result.cancelled, force);
    const arrived = Date.parse(before?.arrivedAt ?? new Date().toISOString());
    // Before the record says done: a run that a crash repeats is counted once, by its correlation id.
    const run = finishedRun({ ...result, started, record: before });
    await count(study, correlationId, run, newPictures(result.observed, before));
    await ledger.update(study, {
      state: 'done',
      outcome: result.outcome,
      error: undefined,
      units: withLeftovers(result),
      fingerprint: result.fingerprint,
      instances: result.instances,
      tag: result.tag,
      seconds: (Date.now() - arrived) / 1000,
      workSeconds: run.workSeconds,
    });
    await noteSeen(study, result.instances);
    await note('done', {
      outcome: result.outcome,
      units: result.units.length,
      stored: result.stored,
      stages: stageSeconds(),
    });
    if (force !== undefined) await ledger.clearForce(study, force);
    ready.finished?.();
    entry.info({ outcome: result.outcome, units: result.units.length, stored: result.stored }, 'study done');
    return framesLookedAt(result.units);
  }

  /** Whether somebody wants the run to stop; looked up once a second, however short the frames are. */
  function isStopped(study: Uid): () => Promise<boolean> {
    let stopped = false;
    let asked = Date.now();
    return async () => {
      if (!stopped && Date.now() - asked >= STOP_LOOK_MS) {
        asked = Date.now();
        stopped = (await ledger.record(study))?.stop !== undefined;
      }
      return stopped;
    };
  }

  /** What was stored by then stays; results of images that the run did not come to are still those of an earlier run. */
  async function endStopped(
    study: Uid,
    before: StudyRecord | undefined,
    { units, instances }: StudyRun,
    { code, message, advice }: AppError,
    force: string | undefined,
  ): Promise<number> {
    const reached = new Set(units.flatMap(({ sourceInstanceUids }) => sourceInstanceUids));
    const wasReached = ({ sourceInstanceUids }: UnitLike) =>
      sourceInstanceUids.some((uid) => reached.has(uid));
    const earlier = before?.units ?? [];
    const actor = (await ledger.record(study))?.stop?.actor;
    await ledger.update(study, {
      state: 'done',
      ...(before?.outcome === undefined
        ? { outcome: 'failed' as const, error: { code, message, advice } }
        : { outcome: before.outcome }),
      units: [
        ...units,
        ...earlier.filter((unit) => !wasReached(unit)),
        ...superseded(earlier.filter(wasReached), units),
      ],
      // The next run looks at everything again.
      fingerprint: undefined,
      instances,
      stop: undefined,
    });
    await noteSeen(study, instances);
    await ledger.addEvent(study, 'cancelled', { from: 'running', units: units.length, actor });
    if (force !== undefined) await ledger.clearForce(study, force);
    return framesLookedAt(units);
  }

  /**
   * Forgets a study that the archive does not have, to the end of all tries: a signal told of it too early or wrongly, or it
   * was deleted. Somebody who asked for the run is answered with a failure.
   */
  async function forget(study: Uid): Promise<boolean> {
    if ((await ledger.record(study))?.round === 'request') return false;
    await ledger.remove(study);
    await intake.forgetSeen(study);
    return true;
  }

  /** Our own results are no news for the reconcile pass, where the archive counts instances. */
  async function noteSeen(study: Uid, instances: number): Promise<void> {
    const [kept] = await intake.seen([study]);
    if (kept !== 'unknown') await intake.markSeen(new Map([[study, String(instances)]]));
  }

  /** The doctor's own studies are no work that was done. */
  async function count(
    study: Uid,
    correlationId: string,
    ended: FinishedRun,
    seen: readonly UnitObservation[] = [],
  ): Promise<void> {
    if (!isSelfTestStudy(study)) await ledger.runs.add(correlationId, ended, undefined, seen);
  }

  async function noteFailure(
    study: Uid,
    error: AppError,
    last: boolean,
    attempts: number,
    run: { correlationId: string; started: number },
  ): Promise<void> {
    const { code, message, advice } = error;
    if (last) {
      const end = { outcome: 'failed' as const, units: [], started: run.started };
      await count(study, run.correlationId, finishedRun({ ...end, record: await ledger.record(study) }));
    }
    await ledger.update(study, {
      state: last ? 'done' : 'retrying',
      // The time of an earlier run is not that of this one.
      ...(last ? { outcome: 'failed' as const, seconds: undefined, workSeconds: undefined } : {}),
      error: { code, message, advice },
      attempts,
    });
    await ledger.addEvent(study, last ? 'failed' : 'retry', { code, message, attempts });
  }

  const observed = (job: Job, token?: string) =>
    traceRun(dependencies.telemetry, job.data as unknown, job.attemptsMade + 1, () => run(job, token));
  const worker = new Worker(STUDY_QUEUE, observed, {
    ...dependencies.store.worker,
    concurrency: dependencies.contexts.length,
    lockDuration: settings.worker.lockSeconds * 1000,
    stalledInterval: settings.worker.lockSeconds * 1000,
    // A study whose worker was killed is taken over; one that kills every worker ends as failed.
    maxStalledCount: 3,
  });
  const rest = openRest({ worker, heartbeat: dependencies.heartbeat, log });
  guardWorker(worker, dependencies.store.server, log, STUDY_QUEUE);
  // A job that stalled too often fails without passing through `run`: the ledger must hear of it.
  worker.on('failed', (job, error) => {
    const study: unknown = job?.data?.studyInstanceUid;
    if (!isUid(study) || !/stalled/i.test(error.message)) return;
    const reason = new AppError(
      'ENGINE_CRASHED',
      'The worker died during this study more often than allowed',
    );
    const run = { correlationId: String(job?.data?.correlationId), started: job?.processedOn ?? Date.now() };
    const attempts = job?.attemptsMade ?? 0;
    noteFailure(study, reason, true, attempts, run).catch(() => log.error('ledger not updated'));
  });

  return { close: () => worker.close() };
}

/** So often a run looks whether it is to stop. */
const STOP_LOOK_MS = 1000;

/** Until then the worker that returns a study has stopped taking any. */
const RETURN_DELAY_MS = 1000;

const framesLookedAt = (units: readonly UnitResult[]) =>
  units.reduce((sum, { frames }) => sum + (frames?.total ?? 0), 0);

const isLastAttempt = (job: Job) => job.attemptsMade + 1 >= (job.opts.attempts ?? 1);

/** What BullMQ keeps of a failed try, and by which class it knows whether to try again; the code stays data. */
function jobError({ code, message, retryable }: AppError): Error {
  const text = `${code}: ${message}`;
  return Object.assign(retryable ? new Error(text) : new UnrecoverableError(text), { code });
}

/** SEGs of an earlier run that the new one did not produce again; they stay in the archive. */
function superseded(before: readonly UnitLike[], now: readonly UnitResult[]) {
  const current = new Set(now.map((unit) => unit.segInstanceUid));
  return before
    .filter((unit) => unit.segInstanceUid !== undefined && !current.has(unit.segInstanceUid))
    .map((unit) => ({ ...unit, outcome: 'superseded' as const }));
}

/** Results of a run, then what else of ours the archive holds of the study. */
const withLeftovers = ({ units, leftovers }: StudyRun): UnitLike[] => [
  ...units,
  ...leftovers.map((one) => ({ ...one, outcome: 'superseded' as const })),
];

/** Results of the last run. */
const currentUnits = (record: StudyRecord | undefined): UnitResult[] =>
  (record?.units ?? []).flatMap(({ outcome, ...unit }) =>
    outcome === 'superseded' ? [] : [{ ...unit, outcome }],
  );

/**
 * What counts for the weeks of the devices: pictures that have just arrived. One that was run before says nothing new of its
 * device, nor does an old study that somebody asks for.
 */
function newPictures(seen: readonly UnitObservation[], before: StudyRecord | undefined) {
  if (before?.round === 'request') return [];
  const known = new Set((before?.units ?? []).map(({ pixelsSha256 }) => pixelsSha256));
  return seen.filter(({ pixelsSha256 }) => pixelsSha256 === undefined || !known.has(pixelsSha256));
}

type UnitLike = StudyRecord['units'][number];

/** The kind of the cause, never its message: that may quote a header. */
function causeOf(error: AppError): string | undefined {
  const cause = error.cause;
  if (!(cause instanceof Error)) return undefined;
  return (cause as NodeJS.ErrnoException).code ?? cause.name;
}
