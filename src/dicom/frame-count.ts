import { type DicomJson, numberOf } from './dicom-json.js';
import { TAG } from './attributes.js';

/** The frames of an image: NumberOfFrames, or 1 where it is absent or no positive integer, as other readers take it. */
export function frameCount(image: DicomJson): number {
  const stated = numberOf(image, TAG.NumberOfFrames);
  return stated !== undefined && Number.isInteger(stated) && stated > 1 ? stated : 1;
}
