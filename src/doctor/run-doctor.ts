import { AppError, toAppError, within } from '../core/index.js';
import { asQueueError } from '../store/index.js';
import type { Check } from './check.js';
import { CHECKS } from './checks/index.js';
import { openDoctorContext, type DoctorContext, type DoctorDependencies } from './context.js';
import { fail, type DoctorReport, type Finding, type Verdict } from './finding.js';

const DEADLINE_MS = 10_000;

/** Runs every check at the same time. Never rejects: what goes wrong in a check is its finding. */
export async function runDoctor(
  dependencies: DoctorDependencies,
  checks: readonly Check[] = CHECKS,
): Promise<DoctorReport> {
  const context = openDoctorContext(dependencies);
  const findings = await Promise.all(checks.map((check) => find(check, context)));
  return reportOf(findings);
}

/** A report of findings that are there already. */
export function reportOf(checks: Finding[]): DoctorReport {
  return { ok: checks.every(({ status }) => status !== 'fail'), at: new Date().toISOString(), checks };
}

async function find(check: Check, context: DoctorContext): Promise<Finding> {
  const deadlineMs = check.deadlineMs ?? DEADLINE_MS;
  const tooLate = () => new AppError('INTERNAL', `no answer within ${deadlineMs / 1000} s`);
  // What a check throws at once counts as its answer too.
  const run = async () => check.run(context);
  const began = performance.now();
  const verdict = await within(deadlineMs, run(), tooLate).catch(broken);
  const seconds = Math.round(performance.now() - began) / 1000;
  return { id: check.id, title: check.title, ...verdict, seconds };
}

/** Our own errors say what happened; of others only the kind is shown, their text may quote what must not leave. */
function broken(thrown: unknown): Verdict {
  const error = toAppError(asQueueError(thrown));
  return fail(`The check itself failed: ${error.message} (${error.code})`, error.advice);
}
