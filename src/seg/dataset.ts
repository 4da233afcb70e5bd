import { numberOf, stringOf, stringsOf, TAG, type DicomJson } from '../core/index.js';
import { tagOf } from './attributes.js';
import { characterSetFor } from './character-set.js';
import { contentIdentification } from './content.js';
import { dicomDateTime } from './date-time.js';
import { dimensionModule, frameDimension } from './dimensions.js';
import { elements } from './elements.js';
import { contributingEquipment, equipment } from './equipment.js';
import { functionalGroups } from './functional-groups.js';
import { geometryOf, type Geometry } from './geometry.js';
import type { SegIdentity } from './identity.js';
import { lossyCompression } from './lossy.js';
import { patientAndStudy } from './patient-study.js';
import { referencedSeries } from './referenced-series.js';
import { segmentItem } from './segment.js';
import type { SegInput } from './types.js';

/** Segmentation Storage. */
export const SEGMENTATION_SOP_CLASS = '1.2.840.10008.5.1.4.1.1.66.4';

/** The whole SEG but for its pixel data, module by module (PS3.3 A.51), in the DICOM JSON model. */
export function segDataset(input: SegInput, identity: SegIdentity): DicomJson {
  const { algorithm, segment, sources } = input;
  const source = sources[0]!;
  const now = dicomDateTime(input.now, stringOf(source, tagOf('TimezoneOffsetFromUTC')));
  const geometry = geometryOf(input, identity.frameOfReferenceUid);
  const dimension = frameDimension(geometry, input.frames.length);
  const dataset: DicomJson = {
    ...patientAndStudy(source),
    ...elements({
      SOPClassUID: SEGMENTATION_SOP_CLASS,
      SOPInstanceUID: identity.sopInstanceUid,
      SeriesInstanceUID: identity.seriesInstanceUid,
      Modality: 'SEG',
      SeriesNumber: seriesNumber(source, algorithm.channelIndex),
      InstanceNumber: 1,
    }),
    ...equipment(algorithm),
    ...contentIdentification(segment, algorithm, geometry.spacing !== undefined, now),
    ...frameOfReference(geometry, sources),
    ...segmentationImage(input),
    ...lossyCompression(input),
    ...elements({
      SegmentSequence: segmentItem(segment, algorithm, identity.trackingUid),
      ContributingEquipmentSequence: contributingEquipment(algorithm, now),
    }),
    ...dimensionModule(dimension, identity.dimensionOrganizationUid),
    ...functionalGroups(input, geometry, dimension),
    ...referencedSeries(input),
  };
  const SpecificCharacterSet = characterSetFor(dataset, source);
  return { ...dataset, ...elements({ SpecificCharacterSet }) };
}

/** The Frame of Reference or, without one, the patient's directions as far as all sources state the same. */
function frameOfReference(geometry: Geometry, sources: readonly DicomJson[]): DicomJson {
  if (geometry.frameOfReferenceUid === undefined) {
    const directions = sources.map((source) => stringsOf(source, tagOf('PatientOrientation')));
    const same = new Set(directions.map((own) => own.join('\\'))).size === 1;
    return elements({ PatientOrientation: same ? directions[0] : [] });
  }
  return elements({
    FrameOfReferenceUID: geometry.frameOfReferenceUid,
    PositionReferenceIndicator: geometry.positionReferenceIndicator ?? [],
  });
}

/** Image Pixel and Segmentation Image modules (PS3.3 C.8.20.2): one bit a pixel, the size of the source. */
function segmentationImage({ sources, frames }: SegInput): DicomJson {
  return elements({
    ImageType: ['DERIVED', 'PRIMARY'],
    NumberOfFrames: frames.length,
    Rows: numberOf(sources[0]!, TAG.Rows),
    Columns: numberOf(sources[0]!, TAG.Columns),
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    BitsAllocated: 1,
    BitsStored: 1,
    HighBit: 0,
    PixelRepresentation: 0,
    SegmentationType: 'BINARY',
    SegmentsOverlap: 'NO',
  });
}

/** Places the SEG near its source in a list sorted by series number. */
function seriesNumber(source: DicomJson, channelIndex: number): number {
  const number = Math.trunc(numberOf(source, TAG.SeriesNumber) ?? 0);
  return number >= 0 && number < 10_000_000 ? number * 100 + 90 + channelIndex : 9000 + channelIndex;
}
