import { type DicomJson, frameCount, stringOf, TAG } from '../../dicom/index.js';
import { codeItem, CODES } from './codes.js';
import { elements } from './elements.js';

/** The reference to an instance by class and UID (PS3.3 Table 10-11). */
export function sopReference(source: DicomJson): DicomJson {
  return elements({
    ReferencedSOPClassUID: stringOf(source, TAG.SOPClassUID),
    ReferencedSOPInstanceUID: stringOf(source, TAG.SOPInstanceUID),
  });
}

/** Derivation Image macro (PS3.3 C.7.6.16.2.6): this frame is a segmentation of that frame, pixel by pixel. */
export function derivationImage(source: DicomJson, frameNumber: number): DicomJson {
  return elements({
    DerivationCodeSequence: codeItem(CODES.segmentation),
    SourceImageSequence: {
      ...sopReference(source),
      ...elements({
        ReferencedFrameNumber: frameCount(source) > 1 ? frameNumber : undefined,
        SpatialLocationsPreserved: 'YES',
        PurposeOfReferenceCodeSequence: codeItem(CODES.sourceImage),
      }),
    },
  });
}
