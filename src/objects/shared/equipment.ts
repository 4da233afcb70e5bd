import { MANUFACTURER, MANUFACTURER_MODEL_NAME } from '../../core/index.js';
import type { DicomJson } from '../../dicom/index.js';
import { codeItem, CODES } from './codes.js';
import { clip } from './clip.js';
import type { DicomDateTime } from './date-time.js';
import { elements } from './elements.js';
import type { SegAlgorithm } from '../seg/types.js';

/** General and Enhanced General Equipment (PS3.3 C.7.5.1, C.7.5.2); the weights stand for the device. */
export function equipment(algorithm: SegAlgorithm): DicomJson {
  return elements({
    Manufacturer: MANUFACTURER,
    ManufacturerModelName: MANUFACTURER_MODEL_NAME,
    DeviceSerialNumber: algorithm.weightsSha256.toLowerCase().slice(0, 16),
    SoftwareVersions: [
      clip(algorithm.softwareVersion, 64),
      clip(`${algorithm.name} ${algorithm.version}`, 64),
    ],
  });
}

/** The same equipment as item of Contributing Equipment Sequence (PS3.3 C.12.1). */
export function contributingEquipment(algorithm: SegAlgorithm, at: DicomDateTime): DicomJson {
  return {
    ...elements({
      PurposeOfReferenceCodeSequence: codeItem(CODES.processingEquipment),
      ContributionDateTime: `${at.date}${at.time}`,
      ContributionDescription: `Automatic segmentation of ${algorithm.channel} images`,
    }),
    ...equipment(algorithm),
  };
}
