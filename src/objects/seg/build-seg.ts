import { AppError } from '../../core/index.js';
import { stringOf, TAG } from '../../dicom/index.js';
import { checkSeg, sayViolation } from './check.js';
import { segDataset } from './dataset.js';
import { encodePart10 } from '../shared/encode.js';
import { resultContent } from '../shared/result-content.js';
import { segIdentity } from './identity.js';
import { pixelDataOf } from '../shared/pixel-format.js';
import type { SegInput, SegObject } from './types.js';
import { validateInput } from './validate-input.js';
import { checkWsiSeg } from './wsi-check.js';
import { wsiDataset } from './wsi-dataset.js';
import { isTiled } from './wsi-tiles.js';

/**
 * Makes a DICOM SEG of masks and the metadata of the images they were computed from. When the source is one level of
 * a whole-slide image its frames are tiles, and the SEG has its tile geometry.
 * @throws AppError `SEG_INVALID` when the input, or what was built of it, breaks a rule
 */
export function buildSeg(input: SegInput): SegObject {
  validateInput(input);
  const identity = segIdentity(input);
  const { profile, form, sources } = input;
  const tiled = isTiled(sources[0]!);
  const dataset = (tiled ? wsiDataset : segDataset)(input, identity);
  const pixelData = pixelDataOf(
    form,
    input.frames.map(({ mask }) => mask),
  );
  const violations = (tiled ? checkWsiSeg : checkSeg)(dataset, {
    profile,
    form,
    sources,
    pixelDataLength: pixelData.length,
  });
  if (violations.length > 0) {
    throw new AppError('SEG_INVALID', violations.map(sayViolation).join('; '));
  }
  const bytes = encodePart10(dataset, pixelData);
  return {
    sopInstanceUid: identity.sopInstanceUid,
    seriesInstanceUid: identity.seriesInstanceUid,
    studyInstanceUid: stringOf(dataset, TAG.StudyInstanceUID)!,
    bytes,
    // Pixel Data is the last element.
    content: resultContent(dataset, bytes.subarray(bytes.length - pixelData.length)),
  };
}
