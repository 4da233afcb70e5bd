import type { DicomJson } from '../core/index.js';
import { RULES } from './rules/index.js';
import type { CheckSubject } from './rules/rule.js';

/** A rule that a SEG breaks. */
export interface Violation {
  readonly rule: string;
  /** Says what is wrong, without a value of a patient attribute. */
  readonly message: string;
  /** True when it keeps OHIF from showing the SEG. */
  readonly viewer: boolean;
}

/**
 * Checks a SEG (DICOM JSON, built here or read back from the archive) against the form that is valid and opens.
 * Without `pixelDataLength` or `sources` the rules that need them are skipped.
 */
export function checkSeg(dataset: DicomJson, known: Omit<CheckSubject, 'dataset'>): readonly Violation[] {
  return RULES.flatMap(({ id, viewer, broken }) => {
    const message = broken({ dataset, ...known });
    return message === undefined ? [] : [{ rule: id, message, viewer: viewer === true }];
  });
}
