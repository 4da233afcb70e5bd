import { type DicomJson, frameCount } from '../../dicom/index.js';
import { sopReference } from '../shared/derivation-image.js';
import { elements } from '../shared/elements.js';
import { SOP_CLASS_OF_FORM, type SegInput, unpackMask } from '../seg/index.js';
import { calibratedSpacingOf } from '../shared/pixel-spacing.js';
import { algorithmParameters, trackingIdOf } from '../seg/segment.js';
import { codeValue, container, imageValue, numberValue, textValue, uidValue } from './content-item.js';
import { measureMask } from './measure-mask.js';
import { CONCEPT, UNIT } from './report-codes.js';
import type { ReportIdentity } from './report-identity.js';

/** Planar ROI Measurements (PS3.16 TID 1410) of one frame of the SEG. */
export function measurementGroup(input: SegInput, identity: ReportIdentity, index: number): DicomJson {
  const { segment, algorithm, sources, frames, form } = input;
  const { sourceIndex, frameNumber, mask } = frames[index]!;
  const source = sources[sourceIndex]!;
  const spacing = calibratedSpacingOf(source);
  const { area, longestDiameter } = measureMask(unpackMask(mask), spacing ?? [1, 1]);
  const segFrame = elements({
    ReferencedSOPClassUID: SOP_CLASS_OF_FORM[form],
    ReferencedSOPInstanceUID: identity.seg.sopInstanceUid,
    ReferencedFrameNumber: index + 1,
  });
  const sourceFrame = {
    ...sopReference(source),
    ...elements({ ReferencedFrameNumber: frameCount(source) > 1 ? frameNumber : undefined }),
  };
  const { trackingUid } = identity.seg;
  return container(
    CONCEPT.measurementGroup,
    [
      textValue(CONCEPT.trackingIdentifier, trackingIdOf(algorithm, trackingUid))('HAS OBS CONTEXT'),
      uidValue(CONCEPT.trackingUid, trackingUid)('HAS OBS CONTEXT'),
      textValue(CONCEPT.algorithmName, algorithm.name)('HAS CONCEPT MOD'),
      textValue(CONCEPT.algorithmVersion, algorithm.version)('HAS CONCEPT MOD'),
      // How sure the masks are stands among them (TID 4019); without that the report is what it always was.
      ...(algorithm.quality
        ? [textValue(CONCEPT.algorithmParameters, algorithmParameters(algorithm))('HAS CONCEPT MOD')]
        : []),
      codeValue(CONCEPT.finding, segment.type)('CONTAINS'),
      ...(segment.region ? [codeValue(CONCEPT.findingSite, segment.region)('HAS CONCEPT MOD')] : []),
      imageValue(CONCEPT.segmentationFrame, segFrame)('CONTAINS'),
      imageValue(CONCEPT.sourceImage, sourceFrame)('CONTAINS'),
      numberValue(CONCEPT.area, area, spacing ? UNIT.squareMillimetre : UNIT.pixels)('CONTAINS'),
      numberValue(CONCEPT.longAxis, longestDiameter, spacing ? UNIT.millimetre : UNIT.pixels)('CONTAINS'),
    ],
    '1410',
  )('CONTAINS');
}
