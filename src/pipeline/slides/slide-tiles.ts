import { AppError, type Mask } from '../../core/index.js';
import { type DicomJson, frameCount, numberOf, TAG } from '../../dicom/index.js';
import { pixelMatrix, tileOf } from '../../objects/index.js';

/** Tiles of a level that are there to be segmented. */
export function tilesToSegment(level: DicomJson): number {
  return frameCount(level);
}

/** @throws AppError `PIXELS_UNSUPPORTED` for a level whose frames are not just its tiles, each once */
export function checkSlideLevel(level: DicomJson): void {
  const several = [TAG.TotalPixelMatrixFocalPlanes, TAG.NumberOfOpticalPaths].some(
    (tag) => (numberOf(level, tag) ?? 1) > 1,
  );
  if (several) throw new AppError('PIXELS_UNSUPPORTED', 'Slides of several focal planes or optical paths');
  if (level[TAG.ConcatenationUID]) throw new AppError('PIXELS_UNSUPPORTED', 'Slides stored as concatenation');
}

/** The mask of a tile without what lies beyond the picture's edge, where a tile is filled up. */
export function clipToMatrix(mask: Mask, level: DicomJson, frameNumber: number): Mask {
  const matrix = pixelMatrix(level);
  const tile = tileOf(level, frameNumber);
  const [columns, rows] = [matrix.columns - tile.column + 1, matrix.rows - tile.row + 1];
  if (columns >= mask.columns && rows >= mask.rows) return mask;
  const inside = (at: number) => at % mask.columns < columns && Math.floor(at / mask.columns) < rows;
  return { ...mask, data: mask.data.map((value, at) => (inside(at) ? value : 0)) };
}
