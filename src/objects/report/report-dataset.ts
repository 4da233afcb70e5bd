import { MANUFACTURER, MANUFACTURER_MODEL_NAME } from '../../core/index.js';
import { type DicomJson, SOP_CLASS, stringOf, tagOf } from '../../dicom/index.js';
import { characterSetFor } from '../shared/character-set.js';
import { dicomDateTime } from '../shared/date-time.js';
import { elements } from '../shared/elements.js';
import { equipment } from '../shared/equipment.js';
import type { SegInput } from '../seg/index.js';
import { patientAndStudy } from '../shared/patient-study.js';
import { seriesNumber } from '../shared/series-number.js';
import { codeValue, container, textValue, uidValue } from './content-item.js';
import { evidence } from './evidence.js';
import { measurementGroup } from './measurement-group.js';
import { ANSWER, CONCEPT } from './report-codes.js';
import type { ReportIdentity } from './report-identity.js';

/** Comprehensive SR Storage. */
const COMPREHENSIVE_SR = SOP_CLASS.ComprehensiveSR.uid;

/** The whole report, module by module (PS3.3 A.35.3), in the DICOM JSON model. */
export function reportDataset(input: SegInput, identity: ReportIdentity): DicomJson {
  const { algorithm, sources } = input;
  const source = sources[0]!;
  const now = dicomDateTime(input.now, stringOf(source, tagOf('TimezoneOffsetFromUTC')));
  const dataset: DicomJson = {
    ...patientAndStudy(source),
    ...elements({
      SOPClassUID: COMPREHENSIVE_SR,
      SOPInstanceUID: identity.sopInstanceUid,
      SeriesInstanceUID: identity.seriesInstanceUid,
      Modality: 'SR',
      SeriesNumber: seriesNumber(source, 80 + algorithm.channelIndex),
      InstanceNumber: 1,
      SeriesDescription: `ESP-MedSAM ${algorithm.channel}: measurements`,
      SeriesDate: now.date,
      SeriesTime: now.time,
      ContentDate: now.date,
      ContentTime: now.time,
      ReferencedPerformedProcedureStepSequence: [],
      PerformedProcedureCodeSequence: [],
      CompletionFlag: 'COMPLETE',
      VerificationFlag: 'UNVERIFIED',
    }),
    ...equipment(algorithm),
    ...evidence(input, identity),
    ...content(input, identity),
  };
  const SpecificCharacterSet = characterSetFor(dataset, source);
  return { ...dataset, ...elements({ SpecificCharacterSet }) };
}

/** Measurement Report (PS3.16 TID 1500): what device measured which frames. */
function content(input: SegInput, identity: ReportIdentity): DicomJson {
  const serial = input.algorithm.weightsSha256.toLowerCase().slice(0, 16);
  return container(
    CONCEPT.measurementReport,
    [
      codeValue(CONCEPT.language, ANSWER.english)('HAS CONCEPT MOD'),
      codeValue(CONCEPT.observerType, ANSWER.device)('HAS OBS CONTEXT'),
      uidValue(CONCEPT.deviceUid, identity.deviceUid)('HAS OBS CONTEXT'),
      textValue(CONCEPT.deviceName, input.algorithm.name)('HAS OBS CONTEXT'),
      textValue(CONCEPT.deviceManufacturer, MANUFACTURER)('HAS OBS CONTEXT'),
      textValue(CONCEPT.deviceModel, MANUFACTURER_MODEL_NAME)('HAS OBS CONTEXT'),
      textValue(CONCEPT.deviceSerial, serial)('HAS OBS CONTEXT'),
      codeValue(CONCEPT.procedureReported, ANSWER.imaging)('HAS CONCEPT MOD'),
      container(
        CONCEPT.imagingMeasurements,
        input.frames.map((_, index) => measurementGroup(input, identity, index)),
      )('CONTAINS'),
    ],
    '1500',
  )();
}
