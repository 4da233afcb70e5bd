import { elements, type ElementValues } from '../../../../src/objects/shared/elements.js';
import type { DicomJson } from '../../../../src/dicom/index.js';

export const SOP = {
  photographic: '1.2.840.10008.5.1.4.1.1.77.1.4',
  cr: '1.2.840.10008.5.1.4.1.1.1',
  ultrasound: '1.2.840.10008.5.1.4.1.1.6.1',
  ultrasoundMultiFrame: '1.2.840.10008.5.1.4.1.1.3.1',
  ophthalmic: '1.2.840.10008.5.1.4.1.1.77.1.5.1',
  microscopic: '1.2.840.10008.5.1.4.1.1.77.1.2',
  endoscopic: '1.2.840.10008.5.1.4.1.1.77.1.1',
  secondaryCapture: '1.2.840.10008.5.1.4.1.1.7',
} as const;

/** Metadata of one source instance as an archive gives it. */
export function source(values: ElementValues = {}, more: DicomJson = {}): DicomJson {
  const dataset = elements({
    SpecificCharacterSet: 'ISO_IR 100',
    SOPClassUID: SOP.photographic,
    SOPInstanceUID: '1.2.3.4.5.1',
    StudyDate: '20240229',
    StudyTime: '101112',
    AccessionNumber: 'A-17',
    Modality: 'XC',
    ReferringPhysicianName: [],
    PatientName: { Alphabetic: 'Doe^Jane' },
    PatientID: 'P-0001',
    PatientBirthDate: '19700102',
    PatientSex: 'F',
    StudyInstanceUID: '1.2.3.4',
    SeriesInstanceUID: '1.2.3.4.5',
    StudyID: '7',
    SeriesNumber: 3,
    InstanceNumber: 1,
    Rows: 6,
    Columns: 9,
    LossyImageCompression: '00',
    ...values,
  });
  return { ...dataset, ...more };
}

const US_REGION = elements({
  RegionSpatialFormat: 1,
  PhysicalUnitsXDirection: 3,
  PhysicalUnitsYDirection: 3,
  PhysicalDeltaX: 0.0125,
  PhysicalDeltaY: 0.02,
});

/** One display unit of each kind we process, by name. */
export const UNITS: Readonly<Record<string, readonly DicomJson[]>> = {
  'VL Photographic': [source()],
  CR: [source({ SOPClassUID: SOP.cr, Modality: 'CR', ImagerPixelSpacing: [0.143, 0.143] })],
  'US single frame': [
    source({ SOPClassUID: SOP.ultrasound, Modality: 'US', SequenceOfUltrasoundRegions: US_REGION }),
  ],
  'US multi-frame': [
    source({
      SOPClassUID: SOP.ultrasoundMultiFrame,
      Modality: 'US',
      NumberOfFrames: 8,
      LossyImageCompression: '01',
    }),
  ],
  Ophthalmic: [
    source({
      SOPClassUID: SOP.ophthalmic,
      Modality: 'OP',
      LossyImageCompression: '01',
      LossyImageCompressionRatio: 12.5,
      LossyImageCompressionMethod: 'ISO_10918_1',
    }),
  ],
  'VL Microscopic': [source({ SOPClassUID: SOP.microscopic, Modality: 'GM' })],
  'VL Endoscopic': [source({ SOPClassUID: SOP.endoscopic, Modality: 'ES' })],
  'Secondary Capture': [
    source({ SOPClassUID: SOP.secondaryCapture, Modality: 'OT', NominalScannedPixelSpacing: [0.5, 0.4] }),
  ],
  'stack of three instances': [1, 2, 3].map((n) =>
    source({ SOPInstanceUID: `1.2.3.4.5.${n}`, InstanceNumber: n, PixelSpacing: [0.25, 0.25] }),
  ),
  'source with geometry of its own': [1, 2, 3].map((n) =>
    source({
      SOPInstanceUID: `1.2.3.4.5.${n}`,
      InstanceNumber: n,
      FrameOfReferenceUID: '1.2.3.4.99',
      PositionReferenceIndicator: [],
      ImagePositionPatient: [-120.5, 3.25, 40 - 2.5 * n],
      ImageOrientationPatient: [0, 1, 0, 0, 0, -1],
      PixelSpacing: [0.7, 0.7],
      SliceThickness: 2.5,
    }),
  ),
};
