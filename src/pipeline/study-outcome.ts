import type { Outcome, UnitResult } from '../core/index.js';

/**
 * The outcome of a study from those of its display units. A failed unit makes the study `failed` whatever else
 * was segmented, so that it is never taken for finished; `empty` means that something was looked at.
 */
export function studyOutcome(units: readonly UnitResult[]): Exclude<Outcome, 'superseded'> {
  const outcomes = new Set(units.map((unit) => unit.outcome));
  for (const outcome of ['failed', 'segmented', 'empty'] as const) if (outcomes.has(outcome)) return outcome;
  return 'unsupported';
}
