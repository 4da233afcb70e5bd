import { type DicomJson, type DicomJsonAttribute, itemsOf, numbersOf, TAG } from '../../dicom/index.js';
import { copyAttributes } from '../shared/copy-attributes.js';
import { segDataset } from './dataset.js';
import type { SegIdentity } from './identity.js';
import type { SegInput } from './types.js';
import { pixelMeasures, tileOf, type Tile } from './wsi-tiles.js';

/** What says where the picture lies and of which specimen it is: taken over from the source as it is. */
const COPIED = [
  TAG.FrameOfReferenceUID,
  TAG.PositionReferenceIndicator,
  TAG.TotalPixelMatrixColumns,
  TAG.TotalPixelMatrixRows,
  TAG.TotalPixelMatrixOriginSequence,
  TAG.ImageOrientationSlide,
  TAG.ContainerIdentifier,
  TAG.IssuerOfTheContainerIdentifierSequence,
  TAG.ContainerTypeCodeSequence,
  TAG.SpecimenDescriptionSequence,
];

/**
 * A SEG in the tile geometry of a whole-slide image: the form without planes, and for every frame its place in the
 * total pixel matrix and on the slide (Plane Position (Slide), PS3.3 C.8.12.6.1). TILED_SPARSE, because tiles
 * without foreground are left out.
 */
export function wsiDataset(input: SegInput, identity: SegIdentity): DicomJson {
  const source = input.sources[0]!;
  const plain = segDataset({ ...input, profile: 'strict' }, identity);
  const tiles = input.frames.map((frame) => tileOf(source, frame.frameNumber));
  const measures = pixelMeasures(source);
  const shared = itemsOf(plain, TAG.SharedFunctionalGroupsSequence)[0] ?? {};
  const frames = itemsOf(plain, TAG.PerFrameFunctionalGroupsSequence);
  const rows = ranks(tiles.map(({ row }) => row));
  const columns = ranks(tiles.map(({ column }) => column));
  return {
    ...plain,
    ...copyAttributes(source, COPIED),
    // Type 2C: directions are those of the slide, not of a patient.
    [TAG.PatientOrientation]: attribute('CS'),
    [TAG.DimensionOrganizationType]: attribute('CS', 'TILED_SPARSE'),
    [TAG.DimensionIndexSequence]: attribute('SQ', ...dimensions(plain, identity)),
    [TAG.SharedFunctionalGroupsSequence]: attribute('SQ', {
      ...shared,
      ...(measures && {
        [TAG.PixelMeasuresSequence]: attribute('SQ', copyAttributes(measures, Object.keys(measures))),
      }),
    }),
    [TAG.PerFrameFunctionalGroupsSequence]: attribute(
      'SQ',
      ...frames.map((frame, i) => atTile(frame, tiles[i]!, [rows[i]!, columns[i]!])),
    ),
  };
}

/** The dimensions of the plain form but for the last one (a label), then row and column of the tile. */
function dimensions(plain: DicomJson, identity: SegIdentity): DicomJson[] {
  const index = (pointer: string, label: string): DicomJson => ({
    [TAG.DimensionOrganizationUID]: attribute('UI', identity.dimensionOrganizationUid),
    [TAG.DimensionIndexPointer]: attribute('AT', pointer),
    [TAG.FunctionalGroupPointer]: attribute('AT', TAG.PlanePositionSlideSequence),
    [TAG.DimensionDescriptionLabel]: attribute('LO', label),
  });
  return [
    ...itemsOf(plain, TAG.DimensionIndexSequence).slice(0, -1),
    index(TAG.RowPositionInTotalImagePixelMatrix, 'Row Position'),
    index(TAG.ColumnPositionInTotalImagePixelMatrix, 'Column Position'),
  ];
}

function atTile(frame: DicomJson, tile: Tile, place: readonly [row: number, column: number]): DicomJson {
  const content = itemsOf(frame, TAG.FrameContentSequence)[0] ?? {};
  const segment = numbersOf(content, TAG.DimensionIndexValues).slice(0, -1);
  return {
    ...frame,
    [TAG.FrameContentSequence]: attribute('SQ', {
      [TAG.DimensionIndexValues]: attribute('UL', ...segment, ...place),
    }),
    [TAG.PlanePositionSlideSequence]: attribute('SQ', {
      [TAG.XOffsetInSlideCoordinateSystem]: attribute('DS', tile.offset.x),
      [TAG.YOffsetInSlideCoordinateSystem]: attribute('DS', tile.offset.y),
      [TAG.ZOffsetInSlideCoordinateSystem]: attribute('DS', tile.offset.z),
      [TAG.ColumnPositionInTotalImagePixelMatrix]: attribute('SL', tile.column),
      [TAG.RowPositionInTotalImagePixelMatrix]: attribute('SL', tile.row),
    }),
  };
}

/** 1-based rank of every value among the distinct ones. */
function ranks(values: readonly number[]): readonly number[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const rank = new Map(sorted.map((value, i) => [value, i + 1]));
  return values.map((value) => rank.get(value)!);
}

function attribute(vr: string, ...Value: readonly (string | number | DicomJson)[]): DicomJsonAttribute {
  return { vr, Value };
}
