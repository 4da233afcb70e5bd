/** DICOM SEG writing: masks and source metadata in, a Part 10 file out. Pure; knows no network and no model. */
export { buildSeg } from './build-seg.js';
export { checkSeg, type Violation } from './check.js';
export { MANUFACTURER, MANUFACTURER_MODEL_NAME } from '../../core/index.js';
export { segIdentity, type SegIdentity, type SegIdentityInput } from './identity.js';
export { formOfSopClass, SOP_CLASS_OF_FORM } from '../shared/pixel-format.js';
export type * from './types.js';
