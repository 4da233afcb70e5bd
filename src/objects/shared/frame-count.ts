import { type DicomJson, numberOf, TAG } from '../../dicom/index.js';

/** Frames of an image; 1 when it is not multi-frame. */
export function frameCount(source: DicomJson): number {
  return Math.max(1, Math.trunc(numberOf(source, TAG.NumberOfFrames) ?? 1));
}
