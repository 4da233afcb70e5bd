/** DICOM itself: attributes, the JSON model, transfer syntaxes, SOP classes, the multipart wire format. */
export { ATTRIBUTES, type Keyword, TAG, tagOf } from './attributes.js';
export {
  type DicomJson,
  type DicomJsonAttribute,
  itemsOf,
  numberOf,
  numbersOf,
  stringOf,
  stringsOf,
} from './dicom-json.js';
export { frameCount } from './frame-count.js';
export { addressKey, copyKey } from './instance-key.js';
export { type NestingReader, openNestingReader } from './nesting/index.js';
export { boundaryOf, joinDicomParts, splitMultipart } from './multipart.js';
export { derivedObject, isSegmentation, SOP_CLASS, type SopClass } from './sop-classes.js';
export {
  type Encoding,
  EXPLICIT_VR_LITTLE_ENDIAN,
  TRANSFER_SYNTAXES,
  transferSyntaxOf,
} from './transfer-syntaxes.js';
