import { describe, expect, it } from 'vitest';
import { enlarged } from '../../src/model/network/logit-map.js';
import { postprocess } from '../../src/model/network/postprocess.js';
import { preprocess } from '../../src/model/network/preprocess.js';

/** Where the lines of the cross are, in pixels of the source. */
interface Cross {
  readonly row: number;
  readonly column: number;
}

/** A white cross, one pixel wide, over the whole of a black picture. */
function picture(rows: number, columns: number, { row, column }: Cross) {
  const data = new Uint8Array(rows * columns * 3);
  data.fill(255, row * columns * 3, (row + 1) * columns * 3);
  for (let y = 0; y < rows; y += 1)
    data.fill(255, (y * columns + column) * 3, (y * columns + column + 1) * 3);
  return { width: columns, height: rows, data };
}

/**
 * An ideal model: it marks the cells of 4 × 4 input pixels that hold at least half as much of a line as the cell
 * that holds most of it.
 * @param image `[3, size, size]`, 0 to 1
 * @returns logits `[size / 4, size / 4]`
 */
function idealModel(image: Float32Array, size: number): Float32Array {
  const side = size / 4;
  const signal = new Float64Array(side * side);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) signal[(y >> 2) * side + (x >> 2)]! += image[y * size + x]! / 16;
  }
  // A column is as bright as its darkest cell: that is where only the upright line runs.
  const upright = new Float64Array(side).fill(Infinity);
  const level = new Float64Array(side).fill(Infinity);
  signal.forEach((value, i) => {
    const [y, x] = [Math.floor(i / side), i % side];
    upright[x] = Math.min(upright[x]!, value);
    level[y] = Math.min(level[y]!, value);
  });
  const [mostUpright, mostLevel] = [Math.max(...upright), Math.max(...level)];
  return Float32Array.from(signal, (_, i) => {
    const [y, x] = [Math.floor(i / side), i % side];
    return Math.max(upright[x]! / mostUpright, level[y]! / mostLevel) - 0.5;
  });
}

/** How far the foreground of a line of pixels reaches from a place, and where its middle is, in pixels. */
function profile(pixels: readonly number[], place: number) {
  const found = pixels.flatMap((pixel, at) => (pixel === 1 ? [at] : []));
  return {
    found: found.length,
    reach: Math.max(...found.map((at) => Math.abs(at - place))),
    shift: found.reduce((sum, at) => sum + at, 0) / found.length - place,
  };
}

const IDENTITY = { mean: [0, 0, 0], std: [255, 255, 255] } as const;

function throughTheModel(rows: number, columns: number, cross: Cross, size: number): Uint8Array {
  const input = { size, normalisation: { mean: [...IDENTITY.mean], std: [...IDENTITY.std] } };
  const image = preprocess(picture(rows, columns, cross), input as Parameters<typeof preprocess>[1]);
  return postprocess(enlarged(idealModel(image, size), size / 4, { rows, columns }), { threshold: 0.5 }).mask;
}

// Places on the border of two cells, in the middle of one, and at the edges of the picture.
const PLACES = [0, 0.13, 0.5, 0.77, 1];

describe.each([256, 1024])('a cross one pixel wide, through a model with a square of %i', (size) => {
  describe.each([
    [64, 64],
    [65, 127],
    [333, 517],
    [768, 1024],
    [1023, 1025],
    [2833, 911],
    [3000, 4096],
  ])('in a picture of %i × %i', (rows, columns) => {
    it.each(PLACES)('comes back where it was (at %d of the way)', (place) => {
      const cross = { row: Math.round(place * (rows - 1)), column: Math.round((1 - place) * (columns - 1)) };
      const mask = throughTheModel(rows, columns, cross, size);
      const cell = { rows: rows / (size / 4), columns: columns / (size / 4) };
      // Cut where the other line is not: at the far side of the picture.
      const y = cross.row < rows / 2 ? rows - 1 : 0;
      const x = cross.column < columns / 2 ? columns - 1 : 0;
      const across = profile([...mask.subarray(y * columns, (y + 1) * columns)], cross.column);
      const down = profile(
        Array.from({ length: rows }, (_, at) => mask[at * columns + x]!),
        cross.row,
      );
      for (const [line, pixels] of [
        [across, cell.columns],
        [down, cell.rows],
      ] as const) {
        expect(line.found).toBeGreaterThan(0);
        expect(line.reach).toBeLessThanOrEqual(Math.max(1, pixels));
        // At the edge of the picture only the inner half of the band is there.
        const half = place === 0 || place === 1 ? pixels : pixels / 2;
        expect(Math.abs(line.shift)).toBeLessThanOrEqual(Math.max(0.5, half));
      }
      // Unbroken: the line is in every row and column.
      for (let at = 0; at < rows; at += 1) expect(mask[at * columns + cross.column]).toBe(1);
    });
  });
});

describe('without a shift in one direction', () => {
  it.each([
    [120, 200],
    [257, 383],
    [700, 1000],
  ])('in a picture of %i × %i, over lines at consecutive places', (rows, columns) => {
    const size = 256;
    const shifts = { across: [] as number[], down: [] as number[] };
    // Whole cells, so that every place within a cell counts the same.
    const places = Math.ceil((columns / (size / 4)) * 3);
    for (let i = 0; i < places; i += 1) {
      const cross = { row: Math.round(rows * 0.4) + i, column: Math.round(columns * 0.4) + i };
      const mask = throughTheModel(rows, columns, cross, size);
      shifts.across.push(profile([...mask.subarray(0, columns)], cross.column).shift);
      const down = Array.from({ length: rows }, (_, at) => mask[at * columns]!);
      shifts.down.push(profile(down, cross.row).shift);
    }
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(shifts.across))).toBeLessThan((0.15 * columns) / (size / 4));
    expect(Math.abs(mean(shifts.down))).toBeLessThan((0.15 * rows) / (size / 4));
  });
});
