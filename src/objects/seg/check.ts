import type { DicomJson } from '../../dicom/index.js';
import { RULES } from './rules/index.js';
import type { CheckSubject, Viewer } from './rules/rule.js';

/** A rule that a SEG breaks. */
export interface Violation {
  readonly rule: string;
  /** Says what is wrong, without a value of a patient attribute. */
  readonly message: string;
  /** Viewers that would not show the SEG because of it. */
  readonly refusedBy: readonly Viewer[];
}

/**
 * Checks a SEG (DICOM JSON, built here or read back from the archive) against the form that is valid and opens.
 * Without `pixelDataLength` or `sources` the rules that need them are skipped.
 */
export function checkSeg(dataset: DicomJson, known: Omit<CheckSubject, 'dataset'>): readonly Violation[] {
  return RULES.flatMap(({ id, refusedBy = [], broken }) => {
    const message = broken({ dataset, ...known });
    return message === undefined ? [] : [{ rule: id, message, refusedBy }];
  });
}

/** A violation as a sentence, with the viewers that would refuse the SEG. */
export function sayViolation({ rule, message, refusedBy }: Violation): string {
  return `${rule}: ${message}${refusedBy.length > 0 ? ` (refused by ${refusedBy.join(', ')})` : ''}`;
}
