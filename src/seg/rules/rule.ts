import type { DicomJson } from '../../core/index.js';
import type { SegProfile } from '../types.js';

/** What is checked: a SEG in the DICOM JSON model, and what else is known about it. */
export interface CheckSubject {
  readonly dataset: DicomJson;
  readonly profile: SegProfile;
  /** Bytes of pixel data, if they are at hand. */
  readonly pixelDataLength?: number | undefined;
  /** The source instances, if they are at hand. */
  readonly sources?: readonly DicomJson[] | undefined;
}

/** One thing a SEG has to be. */
export interface Rule {
  readonly id: string;
  /** Broken, the SEG is not shown by OHIF. */
  readonly viewer?: true;
  /** Says what is wrong; nothing when the rule holds. Never a value of a patient attribute. */
  readonly broken: (subject: CheckSubject) => string | undefined;
}
