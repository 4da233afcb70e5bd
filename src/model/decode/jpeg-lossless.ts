import { AppError } from '../../core/index.js';
import { BitReader } from './bit-reader.js';
import { readDifference, readHuffmanTables, type HuffmanTable } from './huffman.js';
import type { JpegSegment, JpegStructure } from './jpeg-structure.js';

/** What one scan codes, and how. */
interface Scan {
  readonly components: readonly { readonly index: number; readonly table: HuffmanTable }[];
  readonly predictor: number;
  readonly pointTransform: number;
  readonly restartInterval: number;
  readonly start: number;
}

/**
 * Decodes lossless JPEG (T.81 process 14, all seven predictors), 2–16 bits, components in one scan or several.
 * Written here because the usual package returns full-size pictures for data that end early.
 * @returns samples by pixel; bytes up to 8 bits
 */
export function decodeJpegLossless(bytes: Uint8Array, jpeg: JpegStructure): Uint8Array | Uint16Array {
  const count = jpeg.components.length;
  if (jpeg.precision < 2 || jpeg.precision > 16) throw damaged('a precision outside 2–16');
  if (jpeg.components.some(({ h, v }) => h !== 1 || v !== 1)) {
    throw new AppError(
      'SYNTAX_UNSUPPORTED',
      'Lossless JPEG with subsampled colour is not decoded by this service',
    );
  }
  const total = jpeg.rows * jpeg.columns * count;
  const out = jpeg.precision <= 8 ? new Uint8Array(total) : new Uint16Array(total);
  const tables = new Map<number, HuffmanTable>();
  const done = new Set<number>();
  let restartInterval = 0;
  for (const segment of jpeg.segments) {
    if (segment.marker === 0xc4) readHuffmanTables(segment.data, tables);
    if (segment.marker === 0xdd) restartInterval = (segment.data[0] ?? 0) * 256 + (segment.data[1] ?? 0);
    if (segment.marker !== 0xda) continue;
    const scan = readScan(segment, jpeg, tables, restartInterval);
    decodeScan(bytes, jpeg, scan, out);
    for (const { index } of scan.components) done.add(index);
  }
  if (done.size !== count) throw damaged('no scan for one of its components');
  return out;
}

function readScan(
  { data, next }: JpegSegment,
  jpeg: JpegStructure,
  tables: ReadonlyMap<number, HuffmanTable>,
  restartInterval: number,
): Scan {
  const count = data[0] ?? 0;
  if (count < 1 || count > 4 || data.length < 4 + 2 * count) throw damaged('a damaged scan header');
  const components = Array.from({ length: count }, (_, i) => {
    const index = jpeg.components.findIndex(({ id }) => id === data[1 + 2 * i]);
    const table = tables.get(data[2 + 2 * i]! >> 4);
    if (index < 0 || table === undefined) throw damaged('a scan of something undefined');
    return { index, table };
  });
  const predictor = data[1 + 2 * count]!;
  const pointTransform = data[3 + 2 * count]! & 15;
  if (predictor < 1 || predictor > 7 || pointTransform >= jpeg.precision)
    throw damaged('an illegal predictor');
  if (restartInterval % jpeg.columns !== 0) throw damaged('a restart interval that is no number of rows');
  return { components, predictor, pointTransform, restartInterval, start: next };
}

function decodeScan(bytes: Uint8Array, jpeg: JpegStructure, scan: Scan, out: Uint8Array | Uint16Array): void {
  const { rows, columns } = jpeg;
  const pixel = jpeg.components.length;
  const line = columns * pixel;
  const { predictor, pointTransform: shift } = scan;
  const restartRows = scan.restartInterval / columns;
  const reader = new BitReader(bytes, scan.start);
  const initial = 1 << (jpeg.precision - shift - 1);
  for (let y = 0; y < rows; y += 1) {
    const restarts = restartRows > 0 && y > 0 && y % restartRows === 0;
    if (restarts) reader.restart();
    const firstLine = y === 0 || restarts;
    for (let x = 0; x < columns; x += 1) {
      for (const { index, table } of scan.components) {
        const at = y * line + x * pixel + index;
        let prediction: number;
        if (firstLine) prediction = x === 0 ? initial : out[at - pixel]! >> shift;
        else if (x === 0) prediction = out[at - line]! >> shift;
        else {
          const left = out[at - pixel]! >> shift;
          prediction = predict(predictor, left, out[at - line]! >> shift, out[at - line - pixel]! >> shift);
        }
        out[at] = ((prediction + readDifference(reader, table)) & 0xffff) << shift;
      }
    }
  }
}

/** T.81 table H.1: a = left, b = above, c = above left. */
function predict(predictor: number, a: number, b: number, c: number): number {
  if (predictor === 1) return a;
  if (predictor === 2) return b;
  if (predictor === 3) return c;
  if (predictor === 4) return a + b - c;
  if (predictor === 5) return a + ((b - c) >> 1);
  if (predictor === 6) return b + ((a - c) >> 1);
  return (a + b) >> 1;
}

function damaged(what: string): AppError {
  return new AppError('PIXELS_INVALID', `Lossless JPEG stream has ${what}`);
}
