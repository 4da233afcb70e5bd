import { loadSettings } from '../../src/config/index.js';
import { openArchive } from '../../src/archive/index.js';
import { type DoctorReport, type Finding, runDoctor } from '../../src/doctor/index.js';
import type { Machine } from '../../src/doctor/machine.js';
import { connectStore } from '../../src/store/index.js';
import { PROJECT_ROOT } from '../support/stack.js';

/** How a diagnosis is asked for beyond the settings. */
export interface Asked {
  readonly mayWrite?: boolean;
  readonly machine?: Partial<Machine>;
}

/** Runs the doctor with settings from an environment, as the command line does. */
export async function diagnose(
  environment: Record<string, string>,
  { mayWrite = false, machine = {} }: Asked = {},
): Promise<DoctorReport> {
  const settings = loadSettings(PROJECT_ROOT, environment);
  const store = connectStore(settings, 'failFast');
  const archive = openArchive(settings.archive);
  try {
    return await runDoctor({ settings, store, archive, mayWrite, machine });
  } finally {
    await store.close();
    await archive.http.close();
  }
}

/** A finding by its id. */
export function finding(report: DoctorReport, id: string): Finding {
  const found = report.checks.find((check) => check.id === id);
  if (!found) throw new Error(`the doctor has no check ${id}`);
  return found;
}

/** Ids of what is wrong. */
export const wrong = ({ checks }: DoctorReport): string[] =>
  checks.filter(({ status }) => status === 'fail' || status === 'warn').map(({ id }) => id);
