import { type DicomJson, itemsOf } from '../../dicom/index.js';
import { PIXEL_TAG } from './pixel-tags.js';

/** A value that the archive gives by reference. */
export interface BulkDataReference {
  readonly tag: string;
  readonly uri: string;
}

/** Bytes of referenced values by their URI, little endian, as fetched by the caller. */
export type BulkData = ReadonlyMap<string, Uint8Array>;

const TABLES = [
  PIXEL_TAG.RedPaletteColorLookupTableData,
  PIXEL_TAG.GreenPaletteColorLookupTableData,
  PIXEL_TAG.BluePaletteColorLookupTableData,
  PIXEL_TAG.SegmentedRedPaletteColorLookupTableData,
  PIXEL_TAG.SegmentedGreenPaletteColorLookupTableData,
  PIXEL_TAG.SegmentedBluePaletteColorLookupTableData,
] as const;

/** The look-up tables that must be fetched before `describePixels`; empty for most images. */
export function bulkDataNeeded(metadata: DicomJson): readonly BulkDataReference[] {
  const lutItems = [PIXEL_TAG.ModalityLUTSequence, PIXEL_TAG.VOILUTSequence].flatMap((tag) =>
    itemsOf(metadata, tag).slice(0, 1),
  );
  return [
    ...TABLES.flatMap((tag) => reference(metadata, tag)),
    ...lutItems.flatMap((item) => reference(item, PIXEL_TAG.LUTData)),
  ];
}

function reference(dataset: DicomJson, tag: string): readonly BulkDataReference[] {
  const uri = dataset[tag]?.BulkDataURI;
  return uri === undefined ? [] : [{ tag, uri }];
}
