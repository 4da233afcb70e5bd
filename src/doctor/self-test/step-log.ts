import { toAppError } from '../../core/index.js';
import {
  asQueueError,
  type Journal,
  type SelfTest,
  type SelfTestStep,
  type StepName,
} from '../../store/index.js';
import { StepFailed, StepSkipped } from './steps.js';

/** A self-test's record as its steps go on: every change is kept and told. */
export interface StepLog {
  readonly test: SelfTest;
  /** Runs a step; what it returns or throws becomes its detail. @throws what the step throws */
  step<T>(name: StepName, task: () => Promise<T>, detailOf: (result: T) => string): Promise<T>;
  /** Marks the steps that were not reached. */
  skipWaiting(except: StepName): Promise<void>;
  change(to: Partial<SelfTest>): Promise<void>;
}

export function openStepLog(journal: Journal, first: SelfTest, onChange?: (test: SelfTest) => void): StepLog {
  const began = performance.now();
  let test = first;

  async function change(to: Partial<SelfTest>): Promise<void> {
    test = { ...test, ...to, seconds: secondsSince(began) };
    onChange?.(test);
    // Without its journal the test goes on: what matters is that it cleans up.
    await journal.save(test).catch(() => undefined);
  }

  const note = (name: StepName, to: Partial<SelfTestStep>) =>
    change({ steps: test.steps.map((step) => (step.name === name ? { ...step, ...to } : step)) });

  return {
    get test() {
      return test;
    },
    change,
    async step(name, task, detailOf) {
      const stepBegan = performance.now();
      await note(name, { status: 'running' });
      try {
        const result = await task();
        await note(name, { status: 'ok', seconds: secondsSince(stepBegan), detail: detailOf(result) });
        return result;
      } catch (thrown) {
        const status = thrown instanceof StepSkipped ? 'skipped' : 'failed';
        await note(name, { status, seconds: secondsSince(stepBegan), detail: inWords(thrown) });
        throw thrown;
      }
    },
    async skipWaiting(except) {
      await change({
        steps: test.steps.map((step) =>
          step.status === 'waiting' && step.name !== except ? { ...step, status: 'skipped' } : step,
        ),
      });
    },
  };
}

const secondsSince = (began: number) => Math.round(performance.now() - began) / 1000;

function inWords(thrown: unknown): string {
  if (thrown instanceof StepFailed || thrown instanceof StepSkipped) return thrown.message;
  const error = toAppError(asQueueError(thrown));
  return `${error.code}: ${error.message}. ${error.advice}`;
}
