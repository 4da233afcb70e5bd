/** The DICOM objects that we write: SEG and report. */
export { buildReport } from './report/build-report.js';
export { COMPREHENSIVE_SR } from './report/report-dataset.js';
export { buildSeg } from './seg/build-seg.js';
export { segIdentity } from './seg/identity.js';
export { packBits, packedLength } from './seg/pack-bits.js';
export type { SegFrame, SegInput } from './seg/types.js';
export { isTiled, pixelMatrix, slideSpacing, tileOf } from './seg/wsi-tiles.js';
export { SOP_CLASS_OF_FORM } from './shared/pixel-format.js';
