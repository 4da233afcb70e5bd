import { AppError, type Uid } from '../core/index.js';
import type { DicomwebClient } from '../archive/index.js';
import { type DicomJson, stringOf, TAG } from '../dicom/index.js';

/** An instance that the archive lists and whose header it does not give. */
export interface MissingInstance {
  readonly instanceUid: Uid;
  readonly error: AppError;
}

/** So many in a row that cannot be read make the rest of a series count as unreadable too. */
const MAX_FAILURES_IN_A_ROW = 10;

/**
 * Full metadata of a series' instances. Where the archive refuses the series, or leaves some out, they are asked for one by
 * one: an instance that it cannot read does not cost its neighbours.
 * @throws AppError of the archive as a whole: `ARCHIVE_UNREACHABLE`
 */
export async function fetchSeries(
  dicomweb: DicomwebClient,
  study: Uid,
  series: Uid,
  wanted: readonly Uid[],
): Promise<{ instances: DicomJson[]; missing: MissingInstance[] }> {
  const found = new Map<string, DicomJson>();
  const expected = new Set<string>(wanted);
  try {
    for (const instance of await dicomweb.seriesMetadata(study, series)) {
      const uid = stringOf(instance, TAG.SOPInstanceUID) ?? '';
      if (expected.has(uid) && isOf(instance, series)) found.set(uid, instance);
    }
  } catch (error) {
    if (!isOfItsUnit(error)) throw error;
  }

  const missing: MissingInstance[] = [];
  let inARow = 0;
  for (const instanceUid of wanted) {
    if (found.has(instanceUid)) continue;
    const asked = inARow < MAX_FAILURES_IN_A_ROW;
    const answer = asked ? await askFor(dicomweb, study, series, instanceUid) : missing.at(-1)!.error;
    if (answer instanceof AppError) {
      missing.push({ instanceUid, error: answer });
      inARow += 1;
    } else {
      found.set(instanceUid, answer);
      inARow = 0;
    }
  }
  return { instances: [...found.values()], missing };
}

async function askFor(
  dicomweb: DicomwebClient,
  study: Uid,
  series: Uid,
  instance: Uid,
): Promise<DicomJson | AppError> {
  try {
    const metadata = await dicomweb.instanceMetadata({ study, series, instance });
    if (metadata && stringOf(metadata, TAG.SOPInstanceUID) === instance && isOf(metadata, series))
      return metadata;
    return new AppError(
      'ARCHIVE_BAD_ANSWER',
      'WADO metadata: the archive lists an instance and does not give it',
    );
  } catch (error) {
    if (!isOfItsUnit(error)) throw error;
    return error;
  }
}

/** Metadata of another series under this one's address would be stored as its result. */
const isOf = (instance: DicomJson, series: Uid) => stringOf(instance, TAG.SeriesInstanceUID) === series;

const isOfItsUnit = (error: unknown): error is AppError =>
  error instanceof AppError && error.scope === 'unit';
