import { TAG } from './attributes.js';
import { type DicomJson, stringOf } from './dicom-json.js';

/**
 * Tells the instances of a study apart as DICOMweb addresses them: by Series and SOP Instance UID, since two series of a
 * damaged study may hold the same SOP Instance UID. Copies under several patients have one key.
 */
export const addressKey = (instance: DicomJson): string =>
  keyOf(instance, [TAG.SeriesInstanceUID, TAG.SOPInstanceUID]);

/** Tells the copies of an instance apart as well: each is a row of a listing, where the study stands under several patients. */
export const copyKey = (instance: DicomJson): string =>
  keyOf(instance, [TAG.PatientID, TAG.SeriesInstanceUID, TAG.SOPInstanceUID]);

const keyOf = (instance: DicomJson, tags: readonly string[]) =>
  JSON.stringify(tags.map((tag) => stringOf(instance, tag)));
