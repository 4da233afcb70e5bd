import type { DoctorContext } from './context.js';
import type { Verdict } from './finding.js';

/** One question and how it is answered. A check that throws counts as failed; it never ends the others. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** Milliseconds after which it counts as failed; 10 s unless told. */
  readonly deadlineMs?: number;
  run(context: DoctorContext): Promise<Verdict>;
}
