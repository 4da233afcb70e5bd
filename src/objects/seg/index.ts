/** DICOM SEG writing: masks and source metadata in, a Part 10 file out; and reading a mask back. Pure; knows no network and no model. */
export { SOP_CLASS_OF_FORM } from '../shared/pixel-format.js';
export { buildSeg } from './build-seg.js';
export { segIdentity, type SegIdentity } from './identity.js';
export { countBits, packBits, packedLength } from './pack-bits.js';
export { packMask, unpackMask } from './packed-mask.js';
export { readSegMask, segFrameOf } from './read-seg-mask.js';
export type * from './types.js';
export { isTiled, pixelMatrix, slideSpacing, tileOf } from './wsi-tiles.js';
