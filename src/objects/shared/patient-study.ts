import type { DicomJson } from '../../dicom/index.js';
import { tagOf } from './attributes.js';
import { copyAttributes } from './copy-attributes.js';
import { elements } from './elements.js';

/** Type 2 attributes of the Patient and General Study modules: written empty when the source lacks them. */
export const PATIENT_STUDY_TYPE_2 = [
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'StudyDate',
  'StudyTime',
  'ReferringPhysicianName',
  'StudyID',
  'AccessionNumber',
] as const;

// The other attributes of the modules that every object of a patient and study shares (PS3.3 C.7.1, C.7.2), by tag.
const PATIENT =
  '00100021 00100022 00100024 00100026 00100032 00100033 00100034 00100035 00100200 00100212 00100213 00100214 ' +
  '00100215 00100216 00100217 00100218 00100219 00100221 00101000 00101001 00101002 00101100 00102160 00102161 ' +
  '00102201 00102202 00102210 00102292 00102293 00102294 00102297 00102298 00102299 00104000 00120062 00120063 ' +
  '00120064';
const CLINICAL_TRIAL =
  '00120010 00120020 00120021 00120022 00120023 00120030 00120031 00120032 00120040 00120041 00120042 00120043 ' +
  '00120050 00120051 00120052 00120053 00120054 00120055 00120081 00120082 00120083';
const STUDY =
  '00080051 00080096 0008009C 0008009D 00081030 00081032 00081048 00081049 00081060 00081062 00081110 00321034 ' +
  '00401012';
const PATIENT_STUDY =
  '00081080 00081084 00101010 00101020 00101021 00101022 00101023 00101024 00101030 00102000 00102110 00102180 ' +
  '001021A0 001021B0 001021C0 001021D0 00102203 00380010 00380014 00380060 00380062 00380064 00380500';

const COPIED = [
  ...PATIENT_STUDY_TYPE_2.map(tagOf),
  ...[PATIENT, CLINICAL_TRIAL, STUDY, PATIENT_STUDY].join(' ').split(' '),
  tagOf('StudyInstanceUID'),
  tagOf('TimezoneOffsetFromUTC'),
];

/** Patient and study attributes of the source, unchanged, with its time zone. */
export function patientAndStudy(source: DicomJson): DicomJson {
  const empty = elements(Object.fromEntries(PATIENT_STUDY_TYPE_2.map((keyword) => [keyword, []])));
  return { ...empty, ...copyAttributes(source, COPIED) };
}
