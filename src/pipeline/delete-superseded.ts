import {
  AppError,
  isUid,
  MANUFACTURER,
  MANUFACTURER_MODEL_NAME,
  type Uid,
  type UnitResult,
} from '../core/index.js';
import { type DicomJson, itemsOf, stringOf, TAG } from '../dicom/index.js';
import type { InstancePath, OrthancClient, StoredFile } from '../archive/index.js';
import { classifySource } from '../routing/index.js';
import type { StudyContext } from './context.js';
import { referencesOf } from './find-leftovers.js';
import { type Leftover, onlyThere, uidsOf } from './superseded.js';

/** What is left of superseded results. */
export interface Deletion {
  readonly left: readonly Leftover[];
  /** How many objects the archive has less. */
  readonly deleted: number;
}

type DeletionContext = Pick<StudyContext, 'settings' | 'archive' | 'modalities' | 'note'>;

/**
 * Deletes superseded SEGs and reports from an Orthanc where `archive.deleteSuperseded` says so; to be called once the present
 * results are verified. Each is looked at again just before: it goes only if it is as we write it and every image of the study
 * that it refers to has a present result. What stays, and why, is a line of the timeline; nothing of this fails a study.
 * @param images headers of the study's images
 * @param units the present results
 */
export async function deleteSuperseded(
  study: Uid,
  context: DeletionContext,
  images: readonly DicomJson[],
  units: readonly UnitResult[],
  leftovers: readonly Leftover[],
): Promise<Deletion> {
  const { orthanc } = context.archive;
  if (!context.settings.archive.deleteSuperseded || !orthanc || leftovers.length === 0) {
    return { left: leftovers, deleted: 0 };
  }
  const deleted: string[] = [];
  const kept: { instance: string; reason: string }[] = [];
  const objects = leftovers.flatMap((unit) => pathsOf(study, unit));
  const whyNeeded = neededFor(images, units);
  try {
    const files = await orthanc.studyFiles(study);
    for (const path of objects) {
      const copies = files.get(path.instance) ?? [];
      const reason = await deleteOne(path, copies, { context, orthanc, whyNeeded });
      if (reason === undefined) deleted.push(path.instance);
      else kept.push({ instance: path.instance, reason });
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const rest = objects.slice(deleted.length + kept.length);
    kept.push(...rest.map(({ instance }) => ({ instance, reason: `${error.code}: ${error.message}` })));
  }
  if (objects.length > 0) await context.note('superseded-deleted', { deleted, kept });
  const left = leftovers.flatMap((unit) => {
    const there = new Set(uidsOf(unit).filter((uid) => !deleted.includes(uid)));
    return onlyThere(unit, there) ?? [];
  });
  return { left, deleted: deleted.length };
}

/** The report before the SEG that it refers to. */
function pathsOf(
  study: Uid,
  { segSeriesUid, segInstanceUid, srSeriesUid, srInstanceUid }: Leftover,
): InstancePath[] {
  const objects = [
    [srSeriesUid, srInstanceUid],
    [segSeriesUid, segInstanceUid],
  ] as const;
  return objects.flatMap(([series, instance]) =>
    isUid(series) && isUid(instance) ? [{ study, series, instance }] : [],
  );
}

/** @returns why the object stays; undefined when it is gone */
async function deleteOne(
  path: InstancePath,
  files: readonly StoredFile[],
  scene: {
    context: DeletionContext;
    orthanc: OrthancClient;
    whyNeeded: ReturnType<typeof neededFor>;
  },
): Promise<string | undefined> {
  const { context, orthanc, whyNeeded } = scene;
  const [file] = files;
  if (!file || files.length > 1)
    return 'the archive does not have exactly one object of this UID in the study';
  const metadata = await context.archive.dicomweb.instanceMetadata(path);
  if (!metadata) return 'the archive does not give its header';
  const isOwn = classifySource(metadata, context.modalities.routing).kind === 'own-output';
  if (!isOwn || !isAsWritten(metadata) || stringOf(metadata, TAG.SOPInstanceUID) !== path.instance) {
    return 'it is not as this software writes it: somebody may have edited it';
  }
  const reason = whyNeeded(path.instance, metadata);
  if (reason !== undefined) return reason;
  return (await orthanc.deleteFile(file)) ? undefined : 'it was changed meanwhile';
}

/** Whether an object is a SEG or report that names us wholly and says that nobody drew it. */
function isAsWritten(metadata: DicomJson): boolean {
  const isNamed =
    stringOf(metadata, TAG.Manufacturer) === MANUFACTURER &&
    stringOf(metadata, TAG.ManufacturerModelName) === MANUFACTURER_MODEL_NAME;
  if (stringOf(metadata, TAG.Modality) === 'SR') return isNamed;
  const segments = itemsOf(metadata, TAG.SegmentSequence);
  const isDrawn = segments.some((segment) => stringOf(segment, TAG.SegmentAlgorithmType) !== 'AUTOMATIC');
  return isNamed && stringOf(metadata, TAG.Modality) === 'SEG' && segments.length > 0 && !isDrawn;
}

/**
 * What a study's images and present results say of results that are to be deleted.
 * @returns why a result must stay although it is none of the present ones, by its UID and header; undefined when it may go
 */
function neededFor(images: readonly DicomJson[], units: readonly UnitResult[]) {
  const present = new Set(
    units.flatMap(({ segInstanceUid, srInstanceUid }) => [segInstanceUid, srInstanceUid]),
  );
  const patients = new Set(images.map((image) => stringOf(image, TAG.PatientID) ?? ''));
  const there = new Set([
    ...images.map((image) => stringOf(image, TAG.SOPInstanceUID)),
    ...units.flatMap((unit) => unit.sourceInstanceUids),
  ]);
  const done = new Set(
    units
      .filter(({ outcome }) => outcome === 'segmented' || outcome === 'empty')
      .flatMap((unit) => unit.sourceInstanceUids),
  );
  return (instance: string, metadata: DicomJson): string | undefined => {
    if (present.has(instance)) return 'it is a present result';
    if (patients.size > 1) return 'the study has images of several patients';
    const { sourceInstanceUids } = referencesOf(metadata);
    if (sourceInstanceUids.length === 0) return 'it names no image';
    const isMissed = sourceInstanceUids.some((uid) => there.has(uid) && !done.has(uid));
    return isMissed ? 'an image that it is of has no present result' : undefined;
  };
}
