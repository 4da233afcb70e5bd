import { isUid, type Mask, type Uid } from '../../../core/index.js';
import { TAG } from '../../../dicom/index.js';
import type { Archive } from '../../../archive/index.js';
import type { StudyRecord } from '../../../store/index.js';
import { readSegMask, segFrameOf } from '../../../objects/index.js';
import type { SegCache } from './seg-cache.js';

/**
 * The stored mask of one source frame, from the archive's SEG.
 * @param segs the SEG's other frames are read from here, not from the archive again
 * @param source SOPInstanceUID and 1-based frame number
 * @returns undefined when the unit has no SEG, the frame no foreground, or the archive has the SEG no more
 */
export async function fetchSegMask(
  { dicomweb }: Pick<Archive, 'dicomweb'>,
  segs: SegCache,
  study: Uid,
  unit: StudyRecord['units'][number],
  source: { instance: Uid; frame: number },
): Promise<Mask | undefined> {
  const { segSeriesUid: series, segInstanceUid: instance } = unit;
  if (!isUid(series) || !isUid(instance)) return undefined;
  const seg = await segs.get(instance, async () => {
    const header = await dicomweb.instanceMetadata({ study, series, instance });
    const uri = header?.[TAG.PixelData]?.BulkDataURI;
    return header && uri !== undefined ? { header, pixels: await dicomweb.bulkData(uri) } : undefined;
  });
  const index = seg && segFrameOf(seg.header, source.instance, source.frame);
  return index === undefined ? undefined : readSegMask(seg!.header, seg!.pixels, index);
}
