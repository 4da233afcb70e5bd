/** The DICOM objects that we write: SEG and report. */
export { buildReport, COMPREHENSIVE_SR } from './report/index.js';
export {
  buildSeg,
  isTiled,
  packBits,
  packedLength,
  pixelMatrix,
  type SegFrame,
  segIdentity,
  type SegInput,
  slideSpacing,
  SOP_CLASS_OF_FORM,
  tileOf,
} from './seg/index.js';
