import { AppError, stringOf, TAG } from '../core/index.js';
import { checkSeg, sayViolation } from './check.js';
import { segDataset } from './dataset.js';
import { encodePart10 } from './encode.js';
import { segIdentity } from './identity.js';
import { pixelDataOf } from './pixel-format.js';
import type { SegInput, SegObject } from './types.js';
import { validateInput } from './validate-input.js';

/**
 * Makes a DICOM SEG of masks and the metadata of the images they were computed from.
 * @throws AppError `SEG_INVALID` when the input, or what was built of it, breaks a rule
 */
export function buildSeg(input: SegInput): SegObject {
  validateInput(input);
  const identity = segIdentity(input);
  const dataset = segDataset(input, identity);
  const { profile, form, sources } = input;
  const pixelData = pixelDataOf(
    form,
    input.frames.map((frame) => frame.mask.data),
  );
  const violations = checkSeg(dataset, { profile, form, sources, pixelDataLength: pixelData.length });
  if (violations.length > 0) {
    throw new AppError('SEG_INVALID', violations.map(sayViolation).join('; '));
  }
  return {
    sopInstanceUid: identity.sopInstanceUid,
    seriesInstanceUid: identity.seriesInstanceUid,
    studyInstanceUid: stringOf(dataset, TAG.StudyInstanceUID)!,
    bytes: encodePart10(dataset, pixelData),
  };
}
