import type { DicomJson } from '../../../dicom/index.js';
import type { SegForm, SegProfile } from '../types.js';

/** What is checked: a SEG in the DICOM JSON model, and what else is known about it. */
export interface CheckSubject {
  readonly dataset: DicomJson;
  readonly profile: SegProfile;
  readonly form: SegForm;
  /** Bytes of pixel data, if they are at hand. */
  readonly pixelDataLength?: number | undefined;
  /** The source instances, if they are at hand. */
  readonly sources?: readonly DicomJson[] | undefined;
}

/** Readers whose refusals were observed; docs/viewers.md says with which versions. */
export type Viewer = 'OHIF' | 'dcmqi (3D Slicer)';

/** One thing a SEG has to be. */
export interface Rule {
  readonly id: string;
  /** Broken, the SEG is not shown by these. */
  readonly refusedBy?: readonly Viewer[];
  /** Says what is wrong; nothing when the rule holds. Never a value of a patient attribute. */
  readonly broken: (subject: CheckSubject) => string | undefined;
}
