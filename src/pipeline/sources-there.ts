import { AppError, parseUid, type Uid } from '../core/index.js';
import { type DicomJson, stringOf, TAG } from '../dicom/index.js';
import type { Archive, InstancePath, StoredFile } from '../archive/index.js';
import type { DisplayUnit } from './display-unit.js';

/** The files that held a study's instances before any of it was read; undefined where the archive does not tell. */
export type FilesRead = ReadonlyMap<string, readonly StoredFile[]> | undefined;

/** A unit with the files that held its images when they were read. */
export interface UnitSources {
  readonly study: Uid;
  readonly unit: DisplayUnit;
  readonly filesRead: FilesRead;
}

/**
 * Looks whether the images that a result was made of are in the archive, and still the same: a mask of a header and pixels
 * that never belonged together is of no picture.
 * @throws AppError `SOURCES_GONE` when the archive lists the unit's images no more, `SOURCES_CHANGED` when they were
 * overwritten or corrected since they were read, of the archive
 */
export async function requireSources(
  { dicomweb, orthanc }: Pick<Archive, 'dicomweb' | 'orthanc'>,
  { study, unit, filesRead }: UnitSources,
): Promise<void> {
  const uids = unit.sources.map((source) => stringOf(source, TAG.SOPInstanceUID));
  const files = uids.map((uid) => filesRead?.get(uid ?? '') ?? []);
  const current = await Promise.all(
    files.flat().map(async (file) => (await orthanc?.isCurrent(file)) ?? true),
  );
  const isSame = current.every((isCurrent) => isCurrent);
  // What Orthanc still has in the same file is there.
  if (orthanc !== undefined && isSame && files.every(({ length }) => length > 0)) return;
  const there = new Set(await uidsThere(dicomweb, study, unit));
  const of = `of ${uids.length} images of a unit were`;
  const gone = uids.filter((uid) => !there.has(uid));
  if (gone.length > 0) {
    throw new AppError('SOURCES_GONE', `${gone.length} ${of} deleted while it was segmented`);
  }
  if (!isSame) {
    const changed = current.filter((isCurrent) => !isCurrent).length;
    throw new AppError('SOURCES_CHANGED', `${changed} ${of} changed while it was segmented`);
  }
}

/** Of so many images each is asked for alone: a listing has the whole study in it, and this is asked for every unit. */
const FEW = 3;

/** SOPInstanceUIDs of a unit's images, and maybe of others, that the archive has now. */
async function uidsThere(
  dicomweb: Archive['dicomweb'],
  study: Uid,
  { sources }: DisplayUnit,
): Promise<(string | undefined)[]> {
  const uidOf = (instance: DicomJson) => stringOf(instance, TAG.SOPInstanceUID);
  if (sources.length > FEW) return (await dicomweb.searchInstances(study)).map(uidOf);
  const found = await Promise.all(
    sources.map((source) => {
      const series = parseUid(stringOf(source, TAG.SeriesInstanceUID));
      return dicomweb.instanceMetadata({ study, series, instance: parseUid(uidOf(source)) });
    }),
  );
  return found.flatMap((instance) => (instance ? [uidOf(instance)] : []));
}

/**
 * Deletes a result that was stored a moment ago for images that were deleted or changed meanwhile.
 * @param cause what `requireSources` found
 * @returns the error to end with: it says whether the result is still there
 */
export async function takeBack(
  { orthanc }: Pick<Archive, 'orthanc'>,
  path: InstancePath,
  cause: AppError,
): Promise<AppError> {
  const deleted = await orthanc?.deleteInstance(path.instance).catch(() => false);
  return new AppError(
    cause.code,
    deleted
      ? `${cause.message}; its result was taken back`
      : `${cause.message}; its result could not be taken back: instance ${path.instance} is left in the archive`,
  );
}
