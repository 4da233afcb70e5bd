import { AppError, isUid, type Uid } from '../../../core/index.js';
import { frameCount, numberOf, SOP_CLASS, stringOf, TAG } from '../../../dicom/index.js';
import type { Archive } from '../../../archive/index.js';
import type { StudyRecord } from '../../../store/index.js';
import { decodePng, heightAt, shrink, type Picture } from '../../../objects/index.js';

/** A source frame as the archive shows it. */
export interface SourceFrame {
  readonly instance: Uid;
  /** 1-based within the instance. */
  readonly frame: number;
  readonly picture: Picture;
}

/**
 * The picture of a unit's frame, rendered by the archive, no wider than asked.
 * @param frame 1-based over all frames of the unit in stack order
 * @throws AppError `NO_PREVIEW` when there is no such frame or the archive does not render it
 */
export async function fetchSourceFrame(
  { dicomweb }: Pick<Archive, 'dicomweb'>,
  study: Uid,
  unit: StudyRecord['units'][number],
  frame: number,
  width: number,
): Promise<SourceFrame> {
  const series = unit.sourceSeriesUid;
  // A unit is one instance with its frames or a stack of single-frame instances.
  const stack = unit.sourceInstanceUids.length > 1;
  const instance = unit.sourceInstanceUids[stack ? frame - 1 : 0];
  const inInstance = stack ? 1 : frame;
  if (!isUid(series) || !isUid(instance)) throw new AppError('NO_PREVIEW', 'The unit has no such frame');

  const path = { study, series, instance };
  const metadata = await dicomweb.instanceMetadata(path);
  if (!metadata) throw new AppError('NO_PREVIEW', 'The archive has the source no more');
  if (stringOf(metadata, TAG.SOPClassUID) === SOP_CLASS.VLWholeSlideMicroscopyImage.uid) {
    throw new AppError('NO_PREVIEW', 'A whole slide is too large for a preview');
  }
  if (inInstance > frameCount(metadata)) {
    throw new AppError('NO_PREVIEW', 'The unit has no such frame');
  }
  const size = {
    width: numberOf(metadata, TAG.Columns) ?? 0,
    height: numberOf(metadata, TAG.Rows) ?? 0,
  };
  if (size.width === 0 || size.height === 0) throw new AppError('NO_PREVIEW', 'The source has no pixels');
  const viewport = width < size.width ? { width, height: heightAt(width, size) } : undefined;
  const bytes = await dicomweb.rendered(path, inInstance, viewport);
  if (!bytes) throw new AppError('NO_PREVIEW', 'The archive does not render this frame');
  const picture = await decodePng(bytes).catch((cause: unknown) => {
    throw new AppError('ARCHIVE_BAD_ANSWER', 'WADO rendered: the answer is not a PNG', { cause });
  });
  return { instance, frame: inInstance, picture: shrink(picture, Math.min(width, picture.width)) };
}
