import type { Raster } from '../../core/index.js';
import { enlarged, type LogitMap, type Size } from './logit-map.js';

/**
 * Pictures in tiles: fine structures are seen at a scale at which the network can draw them. Everything here is part of
 * the contract with the training code (`training/espmedsam/tiling.py`), which made the thresholds.
 */

/** Part of a tile that it has in common with the next one is a quarter: see `tileEdge`. */
const QUARTERS = 4;
/** Pixels below which a tile would show too little: such pictures get fewer tiles. */
const MIN_EDGE = 96;

/** A part of a picture, in pixels. */
export interface Window {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/**
 * The windows in which a picture goes through the network, row by row; the whole of it when there is one.
 * @param tiles how many each way, at least 1; fewer are made where they would be too small
 */
export function windowsOf({ rows, columns }: Size, tiles: number): readonly Window[] {
  let count = tiles;
  while (count > 1 && Math.min(tileEdge(rows, count), tileEdge(columns, count)) < MIN_EDGE) count -= 1;
  const height = tileEdge(rows, count);
  const width = tileEdge(columns, count);
  return starts(rows, height, count).flatMap((top) =>
    starts(columns, width, count).map((left) => ({ top, left, height, width })),
  );
}

/** Pixels of a tile along an edge of so many: length / (tiles − (tiles − 1) / 4), rounded up. */
function tileEdge(length: number, tiles: number): number {
  return Math.ceil((QUARTERS * length) / (QUARTERS * tiles - (tiles - 1)));
}

/** Where the tiles begin: the first at 0, the last ends with the picture. */
function starts(length: number, edge: number, tiles: number): readonly number[] {
  const gaps = Math.max(1, tiles - 1);
  return Array.from({ length: tiles }, (_, i) => Math.floor((2 * i * (length - edge) + gaps) / (2 * gaps)));
}

/** The pixels of a window. */
export function cut(raster: Raster, { top, left, height, width }: Window): Raster {
  const data = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y += 1) {
    const from = ((top + y) * raster.width + left) * 3;
    data.set(raster.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, data };
}

/** Collects the answers for the windows of a picture. */
export interface Blend {
  /** @param logits `[side, side]`, row by row */
  readonly add: (logits: Float32Array, side: number, window: Window) => void;
  /** The whole picture's once every window has been added. */
  readonly map: LogitMap;
}

/** Where windows overlap, the one that a pixel lies deeper in counts for more. */
export function blend({ rows, columns }: Size): Blend {
  const sum = new Float32Array(rows * columns);
  const weights = new Float32Array(rows * columns);
  return {
    add: (logits, side, { top, left, height, width }) =>
      enlarged(logits, side, { rows: height, columns: width }).eachRow((y, row) => {
        const deep = depth(y, height);
        for (let x = 0, at = (top + y) * columns + left; x < width; x += 1, at += 1) {
          const weight = deep * depth(x, width);
          sum[at] = sum[at]! + row[x]! * weight;
          weights[at] = weights[at]! + weight;
        }
      }),
    map: {
      rows,
      columns,
      eachRow: (visit) => {
        const row = new Float64Array(columns);
        for (let y = 0; y < rows; y += 1) {
          for (let x = 0, at = y * columns; x < columns; x += 1, at += 1) row[x] = sum[at]! / weights[at]!;
          visit(y, row);
        }
      },
    },
  };
}

/** Pixels to the nearer end of the window, counted from 1. */
function depth(position: number, edge: number): number {
  return Math.min(position + 1, edge - position);
}
