import { randomUUID } from 'node:crypto';
import { deriveUid, newSelfTestStudy, parseUid, type Uid } from '../../core/index.js';
import type { Journal, SelfTest } from '../../store/index.js';
import { canDelete } from '../probes/delete-objects.js';
import { DOCTOR_PATIENT } from '../probes/write-test.js';
import { removeStudy, type SelfTestDependencies } from './remove-study.js';
import { openStepLog, type StepLog } from './step-log.js';
import {
  makeStudy,
  StepFailed,
  StepSkipped,
  storeStudy,
  verifySeg,
  waitForArrival,
  waitForOutcome,
} from './steps.js';

export interface SelfTestOptions {
  /** Ends the test early; it still cleans up. */
  readonly signal?: AbortSignal;
  /** Called after every change. */
  readonly onChange?: (test: SelfTest) => void;
}

/** A test that has begun. */
export interface StartedSelfTest {
  readonly test: SelfTest;
  /** Resolves when it has ended and cleaned up; never rejects. */
  readonly finished: Promise<SelfTest>;
}

/**
 * Sends a synthetic study through the whole chain and removes it again. What a test left whose process died is
 * removed first.
 * @throws AppError `CONFLICT` while another one runs, here or elsewhere
 */
export async function startSelfTest(
  dependencies: SelfTestDependencies,
  options: SelfTestOptions = {},
): Promise<StartedSelfTest> {
  const journal = dependencies.store.selfTests;
  const study = newSelfTestStudy();
  const test = await journal.begin(study);
  const log = openStepLog(journal, test, options.onChange);
  const signal = options.signal ?? new AbortController().signal;
  return { test, finished: run(dependencies, journal, log, study, signal) };
}

async function run(
  dependencies: SelfTestDependencies,
  journal: Journal,
  log: StepLog,
  study: Uid,
  signal: AbortSignal,
): Promise<SelfTest> {
  const lock = journal.hold(log.test.id);
  const went = await sendThrough(dependencies, journal, log, study, signal).then(
    () => true,
    () => false,
  );
  await log.skipWaiting('remove');
  const removal = await log
    .step('remove', () => remove(dependencies, study), String)
    .then(
      () => 'removed' as const,
      // An archive that cannot delete has passed all the same.
      (thrown: unknown) => (thrown instanceof StepSkipped ? ('stays' as const) : ('failed' as const)),
    );
  await log.change({
    state: went && removal !== 'failed' ? 'passed' : 'failed',
    removed: removal === 'removed',
  });
  await lock.release().catch(() => undefined);
  return log.test;
}

async function sendThrough(
  dependencies: SelfTestDependencies,
  journal: Journal,
  log: StepLog,
  study: Uid,
  signal: AbortSignal,
): Promise<void> {
  const { picture } = await log.step(
    'make',
    async () => {
      const removed = await removeAbandoned(dependencies, journal);
      return { removed, picture: await makeStudy(study, randomUUID()) };
    },
    ({ removed }) => leftovers(removed),
  );
  await log.step('store', () => storeStudy(dependencies, picture), String);
  await log.step('arrive', () => waitForArrival(dependencies, study, signal), String);
  const record = await log.step(
    'process',
    () => waitForOutcome(dependencies, study, signal),
    ({ outcome, seconds }) => `${outcome}, ${(seconds ?? 0).toFixed(1)} s after its arrival`,
  );
  await log.step('verify', () => verifySeg(dependencies, record), String);
}

async function remove(dependencies: SelfTestDependencies, study: Uid): Promise<string> {
  const { patientId } = DOCTOR_PATIENT;
  if (!(await canDelete(dependencies, deriveUid('doctor', randomUUID())))) {
    throw new StepSkipped(
      `This archive offers no way to delete: the study of patient ${patientId} stays there.`,
    );
  }
  if (await removeStudy(dependencies, study)) return 'gone from archive and ledger';
  throw new StepFailed(
    `The archive did not delete the study of patient ${patientId}. Delete it by hand, and let our user delete.`,
  );
}

/** Removes the studies of tests whose process died. @returns how many */
async function removeAbandoned(dependencies: SelfTestDependencies, journal: Journal): Promise<number> {
  const abandoned = await journal.abandoned();
  for (const test of abandoned) {
    const removed = await removeStudy(dependencies, parseUid(test.studyInstanceUid));
    await journal.save({ ...test, state: 'failed', removed });
  }
  return abandoned.length;
}

const leftovers = (count: number) =>
  count === 0
    ? 'a picture of a skin lesion'
    : `a picture of a skin lesion; ${count} left by earlier tests removed`;
