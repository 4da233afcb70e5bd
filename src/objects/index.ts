/** The objects that we make of a result: SEG, report, picture. */
export {
  decodePng,
  drawFilled,
  drawOutline,
  encodePng,
  heightAt,
  type Picture,
  shrink,
} from './picture/index.js';
export { buildReport } from './report/index.js';
export {
  contentDifferences,
  contentSha256,
  isSameResult,
  type ResultContent,
  resultContent,
} from './shared/result-content.js';
export {
  buildSeg,
  countBits,
  isTiled,
  packBits,
  packedLength,
  packMask,
  unpackMask,
  pixelMatrix,
  readSegMask,
  type SegFrame,
  segFrameOf,
  segIdentity,
  type SegInput,
  type SegObject,
  slideSpacing,
  tileOf,
} from './seg/index.js';
