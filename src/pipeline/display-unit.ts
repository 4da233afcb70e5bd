import { type DicomJson, frameCount } from '../dicom/index.js';

/** What a viewer binds one SEG to: a multi-frame instance, a radiograph, or a stack of single-frame instances. */
export interface DisplayUnit {
  /** Metadata of its instances in stack order; all of one series and one size. */
  readonly sources: readonly DicomJson[];
  /** Why these instances stand for others; goes to the reasons of the result. */
  readonly note?: string;
  /** Why the unit is not to be processed. */
  readonly refusal?: string;
}

/** Frames of a unit, as its headers say. */
export const framesOf = ({ sources }: DisplayUnit): number =>
  sources.reduce((sum, source) => sum + frameCount(source), 0);
