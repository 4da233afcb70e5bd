import { type DicomJson, itemsOf, TAG } from '../../dicom/index.js';

/** A value that the archive gives by reference. */
export interface BulkDataReference {
  readonly tag: string;
  readonly uri: string;
}

/** Bytes of referenced values by their URI, little endian, as fetched by the caller. */
export type BulkData = ReadonlyMap<string, Uint8Array>;

const TABLES = [
  TAG.RedPaletteColorLookupTableData,
  TAG.GreenPaletteColorLookupTableData,
  TAG.BluePaletteColorLookupTableData,
  TAG.SegmentedRedPaletteColorLookupTableData,
  TAG.SegmentedGreenPaletteColorLookupTableData,
  TAG.SegmentedBluePaletteColorLookupTableData,
] as const;

/** The look-up tables that must be fetched before `describePixels`; empty for most images. */
export function bulkDataNeeded(metadata: DicomJson): readonly BulkDataReference[] {
  const lutItems = [TAG.ModalityLUTSequence, TAG.VOILUTSequence].flatMap((tag) =>
    itemsOf(metadata, tag).slice(0, 1),
  );
  return [
    ...TABLES.flatMap((tag) => reference(metadata, tag)),
    ...lutItems.flatMap((item) => reference(item, TAG.LUTData)),
  ];
}

function reference(dataset: DicomJson, tag: string): readonly BulkDataReference[] {
  const uri = dataset[tag]?.BulkDataURI;
  return uri === undefined ? [] : [{ tag, uri }];
}
