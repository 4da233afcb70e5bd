import { AppError, toAppError, type Uid } from '../../core/index.js';
import { stringOf, TAG } from '../../dicom/index.js';
import type { StudyRecord } from '../../store/index.js';
import { drawInThread, type PhantomInstance } from '../../phantom/index.js';
import { DOCTOR_PATIENT } from '../probes/write-test.js';
import { reconcileSeconds } from '../../config/index.js';
import { settingName } from '../setting-name.js';
import { pause } from './pause.js';
import type { SelfTestDependencies } from './remove-study.js';

const POLL_MS = 300;
const PROCESS_TIMEOUT_MS = 15 * 60_000;
/** How long a study may wait in the queue with nobody to take it. */
const NOBODY_MS = 30_000;

/** A step that did not go well, and what to do about it. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** A step that cannot be taken in this set-up, and why. */
export class StepSkipped extends Error {
  override readonly name = 'StepSkipped';
}

/**
 * A skin lesion as a small photograph: the quickest way through the whole chain.
 * @param study its UID
 * @param salt sets its other UIDs apart from those of other tests
 * @throws StepFailed when it cannot be drawn
 */
export async function makeStudy(study: Uid, salt: string, draw = drawInThread): Promise<PhantomInstance> {
  const attributes = { StudyInstanceUID: study };
  const options = { seed: 2, salt: `self-test ${salt}`, ...DOCTOR_PATIENT, attributes };
  try {
    return { ...(await draw({ kind: 'dermoscopy', ...options })), studyInstanceUid: study };
  } catch (thrown) {
    throw new StepFailed(
      `${toAppError(thrown).message}. Is this installation complete, and has this machine memory left?`,
      { cause: thrown },
    );
  }
}

/** STOW-RS, then a look whether it is there: 200 proves nothing. */
export async function storeStudy({ archive }: SelfTestDependencies, study: PhantomInstance): Promise<string> {
  const { failed } = await archive.dicomweb.store(study.studyInstanceUid, [study.bytes]);
  if (failed.length > 0)
    throw new StepFailed(`The archive refused it: ${failed[0]!.reason}. See the archive's log.`);
  const found = await archive.dicomweb.searchInstances(study.studyInstanceUid);
  if (found.length === 0)
    throw new StepFailed('The archive accepted it but does not list it. See its log for a filter.');
  return `${Math.round(study.bytes.length / 1024)} kB`;
}

/** Waits for the first signal in the ledger. */
export async function waitForArrival(
  dependencies: SelfTestDependencies,
  study: Uid,
  signal: AbortSignal,
): Promise<string> {
  const { settings, archive } = dependencies;
  const { ledger } = dependencies.store;
  const { intake } = settings;
  const follows = archive.orthanc !== undefined && intake.changes;
  const seconds = follows ? 30 + 3 * intake.changesIntervalSeconds : 60 + reconcileSeconds(settings);
  const deadline = Date.now() + seconds * 1000;
  while (!(await ledger.record(study))) {
    interruptible(signal);
    if (Date.now() > deadline) {
      throw new StepFailed(
        `No signal within ${Math.round(seconds)} s. Does the gateway run, on the same redis.prefix? ` +
          (follows
            ? `It should follow the change feed: ${settingName('archive.orthancUrl')}.`
            : `Without Orthanc's change feed a hook or ${settingName('intake.reconcileIntervalSeconds')} must tell it.`),
      );
    }
    await pause(POLL_MS, signal);
  }
  const first = (await ledger.events(study)).find(({ event }) => event === 'signal');
  return `first told by: ${String(first?.detail?.source ?? 'unknown')}`;
}

/** Waits until a run of the study has ended. @returns the record, whose outcome is `segmented` */
export async function waitForOutcome(
  dependencies: SelfTestDependencies,
  study: Uid,
  signal: AbortSignal,
): Promise<StudyRecord> {
  const began = Date.now();
  let queuedSince: number | undefined;
  for (;;) {
    interruptible(signal);
    const record = await dependencies.store.ledger.record(study);
    if (record?.outcome !== undefined) return judge(record);
    queuedSince = record?.state === 'queued' ? (queuedSince ?? Date.now()) : undefined;
    if (queuedSince !== undefined && Date.now() - queuedSince > NOBODY_MS)
      await somebodyMustTakeIt(dependencies);
    if (Date.now() - began > PROCESS_TIMEOUT_MS) {
      throw new StepFailed(
        `Still ${record?.state ?? 'unknown'} after ${PROCESS_TIMEOUT_MS / 60_000} minutes. See the worker's log.`,
      );
    }
    await pause(POLL_MS, signal);
  }
}

function judge(record: StudyRecord): StudyRecord {
  if (record.outcome === 'segmented') return record;
  const { error } = record;
  if (error) throw new StepFailed(`${error.code}: ${error.message}. ${error.advice}`);
  const why = record.units.flatMap(({ reasons }) => reasons).at(-1);
  throw new StepFailed(
    `The outcome is ${record.outcome}${why ? ` (${why})` : ''}, where the drawing has a lesion to find. ` +
      'Check the model and the routing rules.',
  );
}

async function somebodyMustTakeIt({ store }: SelfTestDependencies): Promise<void> {
  if (await store.queue.isPaused()) throw new StepFailed('The queue is paused. Resume it, then test again.');
  const workers = await store.workers.known();
  if (workers.some(({ alive }) => alive)) return;
  throw new StepFailed(
    `It waits in the queue and no worker is alive. Start one with the same ${settingName('redis.url')} and redis.prefix.`,
  );
}

/** Asks the archive for the SEG that the ledger names. */
export async function verifySeg({ archive }: SelfTestDependencies, record: StudyRecord): Promise<string> {
  const unit = record.units.find(({ outcome }) => outcome === 'segmented');
  if (!unit?.segSeriesUid || !unit.segInstanceUid) throw new StepFailed('The ledger names no SEG.');
  const study = record.studyInstanceUid;
  const listed = (await archive.dicomweb.searchInstances(study)).some(
    (instance) => stringOf(instance, TAG.SOPInstanceUID) === unit.segInstanceUid,
  );
  if (!listed) throw new StepFailed('QIDO-RS does not list the SEG that the ledger names.');
  const metadata = await archive.dicomweb.instanceMetadata({
    study,
    series: unit.segSeriesUid as Uid,
    instance: unit.segInstanceUid as Uid,
  });
  if (stringOf(metadata ?? {}, TAG.Modality) !== 'SEG')
    throw new StepFailed('WADO-RS does not return it as a SEG.');
  return `found by QIDO-RS and WADO-RS; channel ${unit.channel ?? 'none'}`;
}

function interruptible(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('CONFLICT', 'The self-test was interrupted');
}
