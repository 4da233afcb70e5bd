import { AppError, isUid, type Uid } from '../core/index.js';
import { type DicomJson, itemsOf, stringOf, stringsOf, TAG } from '../dicom/index.js';
import type { DicomwebClient } from '../archive/index.js';
import { classifySource, type ModalitiesConfig } from '../routing/index.js';
import type { Leftover } from './superseded.js';

/** A study may hold any number of other people's segmentations and reports; so many are looked at. */
const MAX_LOOKED_AT = 100;

/**
 * Finds what stayed behind, or came along, when a study was corrected, merged, split or moved: objects of ours that are
 * not among the results of this run. Their UIDs may be ones that we never gave, so the ledger alone does not know them.
 * The header of each is read at every run, also where the ledger names it already: that UID may have another patient by now
 * (archives correct objects in place), or the images may, and a result at the wrong patient must be called so.
 * @param others rows of the study's listing that are segmentations or reports of anybody, without the run's results
 * @param images headers of the study's images
 * @throws AppError of the archive as a whole
 */
export async function findLeftovers(
  study: Uid,
  dicomweb: Pick<DicomwebClient, 'instanceMetadata'>,
  rules: ModalitiesConfig['routing'],
  others: readonly DicomJson[],
  images: readonly DicomJson[],
): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for (const row of others.slice(0, MAX_LOOKED_AT)) {
    const series = stringOf(row, TAG.SeriesInstanceUID);
    const instance = stringOf(row, TAG.SOPInstanceUID);
    if (!isUid(series) || !isUid(instance)) continue;
    const metadata = await dicomweb.instanceMetadata({ study, series, instance }).catch((error: unknown) => {
      if (error instanceof AppError && error.scope === 'unit') return undefined;
      throw error;
    });
    if (!metadata || classifySource(metadata, rules).kind !== 'own-output') continue;
    const isReport = stringOf(metadata, TAG.Modality) === 'SR';
    found.push({
      reasons: [],
      whyLeft: [whyLeft(metadata, images)],
      ...referencesOf(metadata),
      ...(isReport
        ? { srSeriesUid: series, srInstanceUid: instance }
        : { segSeriesUid: series, segInstanceUid: instance }),
    });
  }
  return found;
}

/** In one sentence, without the patient. */
function whyLeft(result: DicomJson, images: readonly DicomJson[]): string {
  const patient = stringOf(result, TAG.PatientID) ?? '';
  const { sourceInstanceUids } = referencesOf(result);
  const own = images.filter((image) =>
    sourceInstanceUids.includes(stringOf(image, TAG.SOPInstanceUID) ?? ''),
  );
  const others = own.length > 0 ? own : images;
  // Where no image could be read, none can be compared.
  if (others.length === 0) return 'it is not the present result of its images';
  if (others.every((image) => (stringOf(image, TAG.PatientID) ?? '') !== patient)) {
    return 'its patient is not that of the images';
  }
  if (own.length === 0) return 'none of the images that it refers to is in this study';
  return 'it is not the present result of its images';
}

/** The images that a result names as what it was made of. */
export function referencesOf(result: DicomJson): Pick<Leftover, 'sourceSeriesUid' | 'sourceInstanceUids'> {
  const evidence = itemsOf(result, TAG.CurrentRequestedProcedureEvidenceSequence);
  const series = [result, ...evidence].flatMap((item) => itemsOf(item, TAG.ReferencedSeriesSequence));
  const instances = series.flatMap((item) => [
    ...itemsOf(item, TAG.ReferencedInstanceSequence),
    ...itemsOf(item, TAG.ReferencedSOPSequence),
  ]);
  return {
    sourceSeriesUid: stringOf(series[0] ?? {}, TAG.SeriesInstanceUID) ?? '',
    sourceInstanceUids: instances.flatMap((item) => stringsOf(item, TAG.ReferencedSOPInstanceUID)),
  };
}
