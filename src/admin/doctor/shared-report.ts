import { atMostEvery } from '../../core/index.js';
import { type DoctorDependencies, type DoctorReport, runDoctor } from '../../doctor/index.js';

/** A report is handed out again for so long: the checks read whole model files and ask every server. */
const FRESH_MS = 5000;

/** Runs the checks for all who ask at about the same time once. Nothing is written to the archive. */
export function sharedReport(
  dependencies: Omit<DoctorDependencies, 'mayWrite'>,
): () => Promise<DoctorReport> {
  return atMostEvery(FRESH_MS, () => runDoctor({ ...dependencies, mayWrite: false }));
}
