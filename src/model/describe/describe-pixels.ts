import { AppError, type PixelDescription } from '../../core/index.js';
import { type DicomJson, numberOf, stringOf, TAG } from '../../dicom/index.js';
import type { BulkData } from './bulk-data-needed.js';
import { describeDisplay } from './describe-display.js';
import { readLookUpTable } from './look-up-table.js';
import { ultrasoundRegion } from './ultrasound-region.js';

/**
 * Reads what rendering one frame needs from an instance's DICOM JSON.
 * @param bulk values of `bulkDataNeeded(metadata)`, fetched
 * @param frame number of the frame from 0, for the functional groups of enhanced objects
 * @throws AppError `PIXELS_INVALID` naming the attribute that is missing or illegal
 */
export function describePixels(metadata: DicomJson, bulk: BulkData = new Map(), frame = 0): PixelDescription {
  const samplesPerPixel = required(metadata, 'SamplesPerPixel', (n) => n >= 1 && n <= 4);
  const bitsAllocated = required(metadata, 'BitsAllocated', (n) => n >= 1 && n <= 64);
  const bitsStored = optional(metadata, 'BitsStored', bitsAllocated, (n) => n >= 1 && n <= bitsAllocated);
  const pixelRepresentation =
    optional(metadata, 'PixelRepresentation', 0, (n) => n === 0 || n === 1) === 1 ? 1 : 0;
  const planar = optional(metadata, 'PlanarConfiguration', 0, (n) => n === 0 || n === 1);
  const photometricInterpretation = stringOf(metadata, TAG.PhotometricInterpretation)?.toUpperCase();
  if (photometricInterpretation === undefined) throw invalid('PhotometricInterpretation');
  const rows = required(metadata, 'Rows', (n) => n >= 1 && n <= 65_535);
  const columns = required(metadata, 'Columns', (n) => n >= 1 && n <= 65_535);
  const region = ultrasoundRegion(metadata, { rows, columns });
  return {
    rows,
    columns,
    ...(region && { region }),
    samplesPerPixel,
    photometricInterpretation,
    planarConfiguration: samplesPerPixel > 1 && planar === 1 ? 1 : 0,
    bitsAllocated,
    bitsStored,
    highBit: optional(metadata, 'HighBit', bitsStored - 1, (n) => n >= bitsStored - 1 && n < bitsAllocated),
    pixelRepresentation,
    ...describeDisplay(metadata, bulk, frame, { bitsStored, signed: pixelRepresentation === 1 }),
    palette: photometricInterpretation === 'PALETTE COLOR' ? readPalette(metadata, bulk) : undefined,
  };
}

function readPalette(metadata: DicomJson, bulk: BulkData): NonNullable<PixelDescription['palette']> {
  const read = (colour: 'Red' | 'Green' | 'Blue') =>
    readLookUpTable(
      metadata,
      {
        descriptor: `${colour}PaletteColorLookupTableDescriptor`,
        data: `${colour}PaletteColorLookupTableData`,
        segmented: `Segmented${colour}PaletteColorLookupTableData`,
      },
      bulk,
      numberOf(metadata, TAG.PixelRepresentation) === 1,
    );
  return { red: read('Red'), green: read('Green'), blue: read('Blue') };
}

function required(metadata: DicomJson, keyword: keyof typeof TAG, legal: (n: number) => boolean): number {
  const value = numberOf(metadata, TAG[keyword]);
  if (value === undefined || !Number.isInteger(value) || !legal(value)) throw invalid(keyword);
  return value;
}

function optional(
  metadata: DicomJson,
  keyword: keyof typeof TAG,
  otherwise: number,
  legal: (n: number) => boolean,
): number {
  return numberOf(metadata, TAG[keyword]) === undefined ? otherwise : required(metadata, keyword, legal);
}

function invalid(keyword: string): AppError {
  return new AppError('PIXELS_INVALID', `${keyword} is missing or illegal`);
}
