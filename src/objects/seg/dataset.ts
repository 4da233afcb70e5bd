import { type DicomJson, numberOf, stringOf, stringsOf, TAG, tagOf } from '../../dicom/index.js';
import { characterSetFor } from '../shared/character-set.js';
import { contentIdentification } from './content.js';
import { dicomDateTime } from '../shared/date-time.js';
import { dimensionModule, frameDimension } from './dimensions.js';
import { elements } from '../shared/elements.js';
import { contributingEquipment, equipment } from '../shared/equipment.js';
import { functionalGroups } from './functional-groups.js';
import { geometryOf, type Geometry } from './geometry.js';
import type { SegIdentity } from './identity.js';
import { lossyCompression } from './lossy.js';
import { patientAndStudy } from '../shared/patient-study.js';
import { referencedSeries } from './referenced-series.js';
import { segmentItem } from './segment.js';
import { seriesNumber } from '../shared/series-number.js';
import { pixelFormat, SOP_CLASS_OF_FORM } from '../shared/pixel-format.js';
import type { SegInput } from './types.js';

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
      SOPClassUID: SOP_CLASS_OF_FORM[input.form],
      SOPInstanceUID: identity.sopInstanceUid,
      SeriesInstanceUID: identity.seriesInstanceUid,
      Modality: 'SEG',
      SeriesNumber: seriesNumber(source, 90 + algorithm.channelIndex),
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
    ...dimensionModule(dimension, identity.dimensionOrganizationUid, input.form),
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

/** Image Pixel and Segmentation Image modules (PS3.3 C.7.6.3, C.8.20.2), the size of the source. */
function segmentationImage({ sources, frames, form }: SegInput): DicomJson {
  return elements({
    ImageType: ['DERIVED', 'PRIMARY'],
    NumberOfFrames: frames.length,
    Rows: numberOf(sources[0]!, TAG.Rows),
    Columns: numberOf(sources[0]!, TAG.Columns),
    ...pixelFormat(form),
  });
}
