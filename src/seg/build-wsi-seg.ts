import { AppError, stringOf, TAG } from '../core/index.js';
import { sayViolation } from './check.js';
import { encodePart10 } from './encode.js';
import { segIdentity } from './identity.js';
import { pixelDataOf } from './pixel-format.js';
import type { SegInput, SegObject } from './types.js';
import { validateInput } from './validate-input.js';
import { checkWsiSeg } from './wsi-check.js';
import { wsiDataset } from './wsi-dataset.js';

/**
 * Makes a DICOM SEG of the masks of tiles of one whole-slide image, in its tile geometry.
 * @param input one source; its frames are tiles
 * @throws AppError `SEG_INVALID` when the input, or what was built of it, breaks a rule
 */
export function buildWsiSeg(input: SegInput): SegObject {
  validateInput(input);
  const identity = segIdentity(input);
  const dataset = wsiDataset(input, identity);
  const { profile, form, sources } = input;
  const pixelData = pixelDataOf(
    form,
    input.frames.map((frame) => frame.mask.data),
  );
  const violations = checkWsiSeg(dataset, { profile, form, sources, pixelDataLength: pixelData.length });
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
