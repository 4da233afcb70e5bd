/** Of a picture, in pixels. */
export interface Size {
  readonly rows: number;
  readonly columns: number;
}

/** Called with a row of logits; the array is used again for the next row. */
export type VisitRow = (y: number, row: Float64Array) => void;

/**
 * Pixels of row `y` in the columns `[from, to)`, whose logits lie on a line: that of column x is `start + rise * place[x]`, and
 * `place` rises evenly. A map that was enlarged is made of such pieces, and what is asked of one is known from its two ends.
 */
export type VisitSlope = (
  y: number,
  from: number,
  to: number,
  start: number,
  rise: number,
  place: Float64Array,
) => void;

/** Logits at the resolution of a picture, computed row by row and as often as asked. */
export interface LogitMap extends Size {
  readonly eachRow: (visit: VisitRow) => void;
  /** The same in pieces that are straight lines, row by row and from left to right; where the map is made of such. */
  readonly eachSlope?: (visit: VisitSlope) => void;
}

/** Where an output position lies between two input positions. */
interface Taps {
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Weight of `high`, 0–1. */
  readonly fraction: Float64Array;
}

/**
 * Logits `[side, side]`, row by row, brought to rows × columns: bilinear, `align_corners=False`.
 */
export function enlarged(logits: Float32Array, side: number, { rows, columns }: Size): LogitMap {
  const vertical = taps(side, rows);
  const horizontal = taps(side, columns);
  const { low, high, fraction } = horizontal;
  const ends = pieceEnds(horizontal);
  return {
    rows,
    columns,
    eachRow: (visit) => {
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
    },
    eachSlope: (visit) => {
      const line = new Float64Array(side);
      for (let y = 0; y < rows; y += 1) {
        mixRows(logits, line, vertical, y);
        for (let piece = 0; piece < ends.length; piece += 1) {
          const from = piece === 0 ? 0 : ends[piece - 1]!;
          const start = line[low[from]!]!;
          visit(y, from, ends[piece]!, start, line[high[from]!]! - start, fraction);
        }
      }
    },
  };
}

/** Where the pieces between two input positions end: output positions. Those before the first input have a piece of their own. */
function pieceEnds({ low, fraction }: Taps): Int32Array {
  const ends: number[] = [];
  for (let x = 1; x < low.length; x += 1) {
    const wasBefore = fraction[x - 1] === 0 && low[x] === 0;
    if (low[x] !== low[x - 1] || (wasBefore && fraction[x]! > 0)) ends.push(x);
  }
  return Int32Array.from([...ends, low.length]);
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
