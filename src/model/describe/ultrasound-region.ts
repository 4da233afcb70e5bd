import type { PictureRegion } from '../../core/index.js';
import { type DicomJson, itemsOf, numberOf, TAG } from '../../dicom/index.js';

/** Region Spatial Format (0018,6012): a two-dimensional picture, as against M-mode, traces and graphics. */
const TWO_DIMENSIONAL = 1;

/**
 * The part of an ultrasound picture that shows tissue: what all two-dimensional regions of Sequence of Ultrasound Regions
 * (PS3.3 C.8.5.5) lie in. Around it are a machine's frame, texts and scales.
 * @returns undefined without such a region; a region that does not lie in the picture is none
 */
export function ultrasoundRegion(
  metadata: DicomJson,
  size: { readonly rows: number; readonly columns: number },
): PictureRegion | undefined {
  const boxes = itemsOf(metadata, TAG.SequenceOfUltrasoundRegions).flatMap((item) => {
    if (numberOf(item, TAG.RegionSpatialFormat) !== TWO_DIMENSIONAL) return [];
    const [left, top, right, bottom] = CORNERS.map((tag) => numberOf(item, tag) ?? -1) as [
      number,
      number,
      number,
      number,
    ];
    const lies = left >= 0 && top >= 0 && left <= right && top <= bottom;
    return lies && right < size.columns && bottom < size.rows ? [{ left, top, right, bottom }] : [];
  });
  if (boxes.length === 0) return undefined;
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  // The last column and row belong to the region.
  const width = Math.max(...boxes.map((box) => box.right)) - left + 1;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top + 1;
  return { left, top, width, height };
}

const CORNERS = [
  TAG.RegionLocationMinX0,
  TAG.RegionLocationMinY0,
  TAG.RegionLocationMaxX1,
  TAG.RegionLocationMaxY1,
] as const;
