import { isUid, type Mask, type Uid } from '../../../core/index.js';
import type { Archive } from '../../../dicomweb/archive/index.js';
import type { StudyRecord } from '../../../ledger/index.js';
import { readSegMask, segFrameOf } from './read-seg-mask.js';

/**
 * The stored mask of one source frame, from the archive's SEG.
 * @param source SOPInstanceUID and 1-based frame number
 * @returns undefined when the unit has no SEG, the frame no foreground, or the archive has the SEG no more
 */
export async function fetchSegMask(
  { dicomweb }: Pick<Archive, 'dicomweb'>,
  study: Uid,
  unit: StudyRecord['units'][number],
  source: { instance: Uid; frame: number },
): Promise<Mask | undefined> {
  const { segSeriesUid: series, segInstanceUid: instance } = unit;
  if (!isUid(series) || !isUid(instance)) return undefined;
  const seg = await dicomweb.instanceMetadata({ study, series, instance });
  const index = seg && segFrameOf(seg, source.instance, source.frame);
  if (index === undefined) return undefined;
  const uri = seg?.['7FE00010']?.BulkDataURI;
  if (uri === undefined) return undefined;
  return readSegMask(seg!, await dicomweb.bulkData(uri), index);
}
