import { AppError, toAppError, WRITE_TEST_STUDY } from '../../core/index.js';
import type { OrthancClient } from '../../archive/index.js';
import { archiveRequest } from './archive-request.js';
import type { Place } from './delete-objects.js';

/** What is put on the study of the write test. */
const LABEL = 'esp-doctor';

/**
 * Puts a tag on the study of the write test, which must be in the archive, and reads it back; the study's removal takes it
 * away.
 * @returns why it did not work, or undefined when it did
 */
export async function tagTest(
  place: Place,
  orthanc: OrthancClient,
  form: 'labels' | 'metadata',
): Promise<AppError | undefined> {
  try {
    const [id] = await orthanc.studyIds(WRITE_TEST_STUDY);
    if (id === undefined)
      return new AppError('NOT_FOUND', 'Orthanc does not find the study that was just stored');
    const isThere = form === 'labels' ? await putLabel(orthanc, id) : await putMetadata(place, orthanc, id);
    if (isThere) return undefined;
    return new AppError('ARCHIVE_BAD_ANSWER', `Orthanc took the ${form} and does not return it`);
  } catch (error) {
    return toAppError(error);
  }
}

async function putLabel(orthanc: OrthancClient, id: string): Promise<boolean> {
  await orthanc.addLabel(id, LABEL);
  return (await orthanc.labels(id)).includes(LABEL);
}

async function putMetadata(
  { archive, settings }: Place,
  orthanc: OrthancClient,
  id: string,
): Promise<boolean> {
  const { metadataKey, orthancUrl } = settings.archive;
  await orthanc.setMetadata(id, metadataKey, LABEL);
  const { text } = await archiveRequest(archive.http, `${orthancUrl}/studies/${id}/metadata/${metadataKey}`);
  return text === LABEL;
}
