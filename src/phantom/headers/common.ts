import type { PhantomIdentity } from '../identity.js';
import type { Kind } from '../kinds.js';
import type { Attributes } from '../part10/attributes.js';
import type { CharacterSet } from '../part10/encode-text.js';

/** The texts of a phantom's header that the caller may set. */
export interface HeaderTexts {
  readonly characterSet: CharacterSet;
  readonly patientName: string;
  readonly patientId: string;
  readonly seriesNumber: number;
  readonly instanceNumber: number;
}

const DATE = '20260105';
const TIME = '101500';

/** Patient, Study, Series, Equipment, General Image and SOP Common modules. Everything in them is made up. */
export function commonModules(kind: Kind, identity: PhantomIdentity, texts: HeaderTexts): Attributes {
  return {
    // ISO_IR 6 is what holds when nothing is said.
    ...(texts.characterSet === 'ISO_IR 6' ? {} : { SpecificCharacterSet: texts.characterSet }),
    ImageType: ['ORIGINAL', 'PRIMARY'],
    SOPClassUID: kind.sopClassUid,
    SOPInstanceUID: identity.sopInstanceUid,
    PatientName: texts.patientName,
    PatientID: texts.patientId,
    PatientBirthDate: '19700101',
    PatientSex: 'O',
    StudyInstanceUID: identity.studyInstanceUid,
    StudyDate: DATE,
    StudyTime: TIME,
    AccessionNumber: '',
    ReferringPhysicianName: '',
    StudyID: '1',
    ...(kind.studyDescription === '' ? {} : { StudyDescription: kind.studyDescription }),
    SeriesInstanceUID: identity.seriesInstanceUid,
    SeriesNumber: texts.seriesNumber,
    SeriesDate: DATE,
    SeriesTime: TIME,
    Modality: kind.modality,
    ...(kind.seriesDescription === '' ? {} : { SeriesDescription: kind.seriesDescription }),
    ...(kind.bodyPart === undefined ? {} : { BodyPartExamined: kind.bodyPart }),
    Manufacturer: 'Phantom works',
    ManufacturerModelName: 'Phantom generator',
    DeviceSerialNumber: '0',
    SoftwareVersions: '1',
    InstanceNumber: texts.instanceNumber,
    ContentDate: DATE,
    ContentTime: TIME,
    AcquisitionDate: DATE,
    AcquisitionTime: TIME,
    AcquisitionDateTime: `${DATE}${TIME}`,
    PatientOrientation: [],
    BurnedInAnnotation: 'NO',
    LossyImageCompression: '00',
  };
}
