import { AppError, type Uid } from '../core/index.js';
import { stringOf, TAG } from '../dicom/index.js';
import type { Archive, DicomwebClient, InstancePath } from '../archive/index.js';
import type { DisplayUnit } from './display-unit.js';

/** @throws AppError `SOURCES_GONE` when the archive lists the unit's images no more, of the archive */
export async function requireSources(dicomweb: DicomwebClient, study: Uid, unit: DisplayUnit): Promise<void> {
  const listing = await dicomweb.searchInstances(study);
  const there = new Set(listing.map((instance) => stringOf(instance, TAG.SOPInstanceUID)));
  const gone = unit.sources.filter((source) => !there.has(stringOf(source, TAG.SOPInstanceUID)));
  if (gone.length === 0) return;
  throw new AppError(
    'SOURCES_GONE',
    `${gone.length} of ${unit.sources.length} images of a unit were deleted while it was segmented`,
  );
}

/**
 * Deletes a result that was stored a moment ago for images that were deleted meanwhile.
 * @returns the error to end with: it says whether the result is still there
 */
export async function takeBack({ orthanc }: Pick<Archive, 'orthanc'>, path: InstancePath): Promise<AppError> {
  const what = 'The images of a unit were deleted while its result was stored';
  const deleted = await orthanc?.deleteInstance(path.instance).catch(() => false);
  return new AppError(
    'SOURCES_GONE',
    deleted
      ? `${what}; it was taken back`
      : `${what}, and it could not be taken back: instance ${path.instance} is left in the archive`,
  );
}
