import type { SegmentResult } from '../process/protocol.js';

/** Where an output position lies between two input positions. */
interface Taps {
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Weight of `high`, 0–1. */
  readonly fraction: Float64Array;
}

/** Of a picture, in pixels. */
export interface Size {
  readonly rows: number;
  readonly columns: number;
}

/**
 * Turns logits into a mask of the source's size: bilinear (`align_corners=False`), foreground where the probability
 * reaches the threshold.
 * @param logits `[side, side]` row by row
 * @param threshold probability 0–1
 */
export function postprocess(
  logits: Float32Array,
  side: number,
  source: Size,
  threshold: number,
): SegmentResult {
  return maskOfRows(source, threshold, (visit) => forEachRow(logits, side, source, visit));
}

/** Called with a row of logits at source resolution; the array is used again for the next row. */
type VisitRow = (y: number, row: Float64Array) => void;

/** Foreground where the probability reaches the threshold, row by row. */
export function maskOfRows(
  { rows, columns }: Size,
  threshold: number,
  eachRow: (visit: VisitRow) => void,
): SegmentResult {
  const limit = Math.log(threshold / (1 - threshold));
  const mask = new Uint8Array(rows * columns);
  let positivePixels = 0;
  let sum = 0;
  eachRow((y, row) => {
    for (let x = 0; x < columns; x += 1) {
      const logit = row[x]!;
      if (logit < limit) continue;
      mask[y * columns + x] = 1;
      positivePixels += 1;
      sum += 1 / (1 + Math.exp(-logit));
    }
  });
  return { mask, positivePixels, meanProbability: positivePixels === 0 ? 0 : sum / positivePixels };
}

/** Brings logits `[side, side]` to rows × columns: bilinear, `align_corners=False`. */
export function forEachRow(
  logits: Float32Array,
  side: number,
  { rows, columns }: Size,
  visit: VisitRow,
): void {
  const vertical = taps(side, rows);
  const { low, high, fraction } = taps(side, columns);
  const line = new Float64Array(side);
  const row = new Float64Array(columns);
  for (let y = 0; y < rows; y += 1) {
    mixRows(logits, line, vertical, y);
    for (let x = 0; x < columns; x += 1) {
      const a = line[low[x]!]!;
      row[x] = a + (line[high[x]!]! - a) * fraction[x]!;
    }
    visit(y, row);
  }
}

function mixRows(logits: Float32Array, line: Float64Array, { low, high, fraction }: Taps, y: number): void {
  const side = line.length;
  const top = low[y]! * side;
  const bottom = high[y]! * side;
  const weight = fraction[y]!;
  for (let x = 0; x < side; x += 1) {
    const a = logits[top + x]!;
    line[x] = a + (logits[bottom + x]! - a) * weight;
  }
}

function taps(from: number, to: number): Taps {
  const scale = from / to;
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const fraction = new Float64Array(to);
  for (let i = 0; i < to; i += 1) {
    const position = Math.max(0, scale * (i + 0.5) - 0.5);
    const floor = Math.min(Math.floor(position), from - 1);
    low[i] = floor;
    high[i] = Math.min(floor + 1, from - 1);
    fraction[i] = position - floor;
  }
  return { low, high, fraction };
}
