import { AppError } from '../../core/index.js';
import { type DicomJson, itemsOf, numberOf, numbersOf, SOP_CLASS, stringOf, TAG } from '../../dicom/index.js';

/** Where a tile lies: its first pixel in the total pixel matrix (from 1) and on the slide (mm). */
export interface Tile {
  readonly column: number;
  readonly row: number;
  readonly offset: { readonly x: number; readonly y: number; readonly z: number };
}

/** Size of the whole picture that the tiles of an image make up. */
export interface PixelMatrix {
  readonly columns: number;
  readonly rows: number;
}

/** Whether an image is stored as tiles: VL Whole Slide Microscopy. */
export function isTiled(source: DicomJson): boolean {
  return stringOf(source, TAG.SOPClassUID) === SOP_CLASS.VLWholeSlideMicroscopyImage.uid;
}

/** @throws AppError `PIXELS_INVALID` */
export function pixelMatrix(source: DicomJson): PixelMatrix {
  const columns = numberOf(source, TAG.TotalPixelMatrixColumns);
  const rows = numberOf(source, TAG.TotalPixelMatrixRows);
  if (!columns || !rows || columns < 1 || rows < 1) {
    throw new AppError('PIXELS_INVALID', 'TotalPixelMatrixColumns or TotalPixelMatrixRows is missing');
  }
  return { columns, rows };
}

/** Distance of pixel centres on the slide in mm, between rows and between columns. */
export function slideSpacing(source: DicomJson): readonly [row: number, column: number] | undefined {
  const [row, column] = numbersOf(pixelMeasures(source) ?? {}, TAG.PixelSpacing);
  return row !== undefined && column !== undefined && row > 0 && column > 0 ? [row, column] : undefined;
}

/** The item of Pixel Measures that all tiles share. */
export function pixelMeasures(source: DicomJson): DicomJson | undefined {
  const shared = itemsOf(source, TAG.SharedFunctionalGroupsSequence)[0];
  return shared && itemsOf(shared, TAG.PixelMeasuresSequence)[0];
}

/**
 * The place of one tile (frame number from 1): as its functional groups say, or by its number in TILED_FULL, row by
 * row from the top left (PS3.3 C.7.6.17.3).
 * @throws AppError `PIXELS_INVALID`
 */
export function tileOf(source: DicomJson, frameNumber: number): Tile {
  const groups = itemsOf(source, TAG.PerFrameFunctionalGroupsSequence)[frameNumber - 1];
  const given = groups && itemsOf(groups, TAG.PlanePositionSlideSequence)[0];
  const place = given ? placeGiven(given) : placeCounted(source, frameNumber);
  return { ...place, offset: offsetOf(source, place) };
}

function placeGiven(position: DicomJson): Pick<Tile, 'column' | 'row'> {
  const column = numberOf(position, TAG.ColumnPositionInTotalImagePixelMatrix);
  const row = numberOf(position, TAG.RowPositionInTotalImagePixelMatrix);
  if (column === undefined || row === undefined) {
    throw new AppError('PIXELS_INVALID', 'Plane Position (Slide) of a tile is incomplete');
  }
  return { column, row };
}

function placeCounted(source: DicomJson, frameNumber: number): Pick<Tile, 'column' | 'row'> {
  const [width, height] = [numberOf(source, TAG.Columns) ?? 1, numberOf(source, TAG.Rows) ?? 1];
  const matrix = pixelMatrix(source);
  const across = Math.ceil(matrix.columns / width);
  const index = frameNumber - 1;
  const place = { column: (index % across) * width + 1, row: Math.floor(index / across) * height + 1 };
  if (place.row > matrix.rows)
    throw new AppError('PIXELS_INVALID', 'There are more tiles than the matrix holds');
  return place;
}

/** PS3.3 C.8.12.4: from the matrix's origin along the directions of its rows and columns. */
function offsetOf(source: DicomJson, { column, row }: Pick<Tile, 'column' | 'row'>): Tile['offset'] {
  const origin = itemsOf(source, TAG.TotalPixelMatrixOriginSequence)[0] ?? {};
  const directions = numbersOf(source, TAG.ImageOrientationSlide);
  const spacing = slideSpacing(source);
  if (directions.length !== 6 || !spacing) {
    throw new AppError('PIXELS_INVALID', 'ImageOrientationSlide or PixelSpacing of the slide is missing');
  }
  const along = (axis: 0 | 1 | 2) =>
    directions[axis]! * spacing[1] * (column - 1) + directions[axis + 3]! * spacing[0] * (row - 1);
  return {
    x: (numberOf(origin, TAG.XOffsetInSlideCoordinateSystem) ?? 0) + along(0),
    y: (numberOf(origin, TAG.YOffsetInSlideCoordinateSystem) ?? 0) + along(1),
    z: along(2),
  };
}
