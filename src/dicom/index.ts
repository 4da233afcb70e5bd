/** DICOM itself: tags, the JSON model, transfer syntaxes, the multipart wire format. */
export {
  type DicomJson,
  type DicomJsonAttribute,
  itemsOf,
  numberOf,
  numbersOf,
  stringOf,
  stringsOf,
} from './dicom-json.js';
export { boundaryOf, joinDicomParts, splitMultipart } from './multipart.js';
export { TAG } from './tags.js';
export { EXPLICIT_VR_LITTLE_ENDIAN } from './transfer-syntax.js';
