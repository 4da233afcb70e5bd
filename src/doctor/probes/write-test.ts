import { randomUUID } from 'node:crypto';
import { WRITE_TEST_STUDY } from '../../core/index.js';
import type { DicomJson } from '../../dicom/index.js';
import { phantomInstance } from '../../phantom/index.js';
import { deleteObjects, type Place } from './delete-objects.js';

/** How the doctor's objects are named in the archive; they are nobody's. */
export const DOCTOR_PATIENT = { patientName: 'ESP-MedSAM^Doctor', patientId: 'ESP-MEDSAM-DOCTOR' } as const;

/** SoftwareVersions (0018,1020) of the object: only full metadata shows it. */
export const WRITE_TEST_MARK = 'esp-doctor';

/** What became of the object. */
export interface WriteTest {
  /** Reasons of the archive, when it named any. */
  readonly refused: readonly string[];
  /** What WADO-RS returns of its series; undefined when nothing. */
  readonly metadata: DicomJson | undefined;
  readonly removed: boolean;
}

/**
 * Stores a picture of 16 × 16 pixels in the study that intake leaves alone, reads it back, runs `meanwhile`, and
 * removes it whatever happens.
 */
export async function writeTest(
  place: Place,
  meanwhile: () => Promise<void> = async () => {},
): Promise<WriteTest> {
  const { dicomweb } = place.archive;
  const study = WRITE_TEST_STUDY;
  const picture = phantomInstance({
    kind: 'secondary-capture',
    width: 16,
    height: 16,
    salt: `doctor ${randomUUID()}`,
    ...DOCTOR_PATIENT,
    attributes: {
      StudyInstanceUID: study,
      StudyDescription: 'Write test of ESP-MedSAM',
      SoftwareVersions: WRITE_TEST_MARK,
    },
  });
  const path = { study, series: picture.seriesInstanceUid, instance: picture.sopInstanceUid };
  let removed: boolean;
  let refused: string[];
  let metadata: DicomJson | undefined;
  try {
    const { failed } = await dicomweb.store(study, [picture.bytes]);
    refused = failed.map(({ reason }) => reason);
    if (await dicomweb.instanceMetadata(path)) {
      // Workers read whole series: an archive may keep less of those at hand than of one instance.
      metadata = (await dicomweb.seriesMetadata(study, picture.seriesInstanceUid))[0];
    }
    if (metadata) await meanwhile();
  } finally {
    removed = await deleteObjects(place, path).catch(() => false);
  }
  return { refused, metadata, removed };
}
