import { AppError, type LookUpTable } from '../../core/index.js';
import { type DicomJson, type Keyword, numbersOf, TAG } from '../../dicom/index.js';
import type { BulkData } from './bulk-data-needed.js';
import { expandSegments } from './expand-segments.js';

/** Where a look-up table's parts are. */
export interface LookUpTableSource {
  readonly descriptor: Keyword;
  readonly data: Keyword;
  /** Segmented form, used when the plain data are absent. */
  readonly segmented?: Keyword;
}

/**
 * Reads a look-up table from DICOM JSON: descriptor (entries, first mapped value, bits) and data, whether given as
 * numbers, inline, or by reference.
 * @param signed the values looked up are signed (Pixel Representation 1)
 * @throws AppError `PIXELS_INVALID` naming the attribute
 */
export function readLookUpTable(
  dataset: DicomJson,
  source: LookUpTableSource,
  bulk: BulkData,
  signed: boolean,
): LookUpTable {
  const [entriesGiven, first, bits] = numbersOf(dataset, TAG[source.descriptor]);
  if (entriesGiven === undefined || first === undefined || bits === undefined || bits < 1 || bits > 16) {
    throw invalid(source.descriptor);
  }
  // 65,536 entries do not fit the attribute and are written as 0; some writers leave it negative as SS.
  const entries = entriesGiven <= 0 ? entriesGiven + 65_536 : entriesGiven;
  const firstMapped = signed && first > 32_767 ? first - 65_536 : first;
  return { firstMapped, bits, data: readEntries(dataset, source, bulk, entries, bits) };
}

function readEntries(
  dataset: DicomJson,
  source: LookUpTableSource,
  bulk: BulkData,
  entries: number,
  bits: number,
): Uint16Array {
  const plain = readValue(dataset, source.data, bulk);
  if (plain !== undefined) {
    const words = toWords(plain, entries);
    if (words === undefined) throw invalid(source.data);
    return words;
  }
  const segmented = source.segmented && readValue(dataset, source.segmented, bulk);
  if (source.segmented === undefined || segmented === undefined) throw invalid(source.data);
  const expanded = expandSegments(segmentWords(segmented, bits), entries, bits > 8 ? 2 : 1);
  if (expanded === undefined) throw invalid(source.segmented);
  return expanded;
}

/** Bytes, or numbers that were spelled out in the JSON. */
type LutValue = Uint8Array | readonly number[];

function readValue(dataset: DicomJson, keyword: Keyword, bulk: BulkData): LutValue | undefined {
  const tag = TAG[keyword];
  const attribute = dataset[tag];
  if (attribute === undefined) return undefined;
  if (attribute.InlineBinary !== undefined) return Buffer.from(attribute.InlineBinary, 'base64');
  if (attribute.BulkDataURI !== undefined) {
    const bytes = bulk.get(attribute.BulkDataURI);
    if (bytes === undefined) throw new AppError('PIXELS_INVALID', `${keyword} was not fetched`);
    return bytes;
  }
  const numbers = numbersOf(dataset, tag);
  return numbers.length > 0 ? numbers : undefined;
}

/** Entries are words, or for tables of 8 bits sometimes bytes, two in a word. */
function toWords(value: LutValue, entries: number): Uint16Array | undefined {
  const count = value.length;
  if (!(value instanceof Uint8Array)) {
    if (count >= entries) return Uint16Array.from(value.slice(0, entries), (word) => word & 0xffff);
    // Numbers that are words of two entries each.
    if (count * 2 < entries) return undefined;
    return Uint16Array.from({ length: entries }, (_, i) => (value[i >> 1]! >> (8 * (i & 1))) & 0xff);
  }
  if (count >= entries * 2) return littleEndianWords(value.subarray(0, entries * 2));
  return count >= entries ? Uint16Array.from(value.subarray(0, entries)) : undefined;
}

function segmentWords(value: LutValue, bits: number): Uint16Array {
  if (!(value instanceof Uint8Array)) return Uint16Array.from(value, (word) => word & 0xffff);
  return bits > 8 ? littleEndianWords(value) : Uint16Array.from(value);
}

function littleEndianWords(bytes: Uint8Array): Uint16Array {
  return Uint16Array.from({ length: bytes.length >> 1 }, (_, i) => bytes[2 * i]! | (bytes[2 * i + 1]! << 8));
}

function invalid(keyword: string): AppError {
  return new AppError('PIXELS_INVALID', `${keyword} is missing or illegal`);
}
