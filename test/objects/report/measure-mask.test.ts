import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../../../src/core/index.js';
import { maskHull } from '../../../src/objects/report/mask-hull.js';
import { measureMask } from '../../../src/objects/report/measure-mask.js';

/** Drawn from rows of dots and hashes. */
function drawn(...lines: readonly string[]): Mask {
  const data = Uint8Array.from([...lines.join('')].map((pixel) => (pixel === '#' ? 1 : 0)));
  return { rows: lines.length, columns: lines[0]!.length, data };
}

/** The greatest distance between any two corners of foreground pixels, pair by pair. */
function bruteForce({ rows, columns, data }: Mask, [row, column]: readonly [number, number]): number {
  const corners: [number, number][] = [];
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      if (data[y * columns + x] === 0) continue;
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const) {
        corners.push([(x + dx) * column, (y + dy) * row]);
      }
    }
  }
  let longest = 0;
  for (const [ax, ay] of corners) {
    for (const [bx, by] of corners) longest = Math.max(longest, Math.hypot(ax - bx, ay - by));
  }
  return longest;
}

const size = fc.integer({ min: 1, max: 14 });
const masks = fc.tuple(size, size).chain(([rows, columns]) =>
  fc
    .array(fc.constantFrom(0, 0, 1), { minLength: rows * columns, maxLength: rows * columns })
    .map((pixels) => ({
      rows,
      columns,
      data: Uint8Array.from(pixels),
    })),
);
const spacings = fc.tuple(
  fc.double({ min: 0.01, max: 4, noNaN: true }),
  fc.double({ min: 0.01, max: 4, noNaN: true }),
);

describe('area', () => {
  it('is the number of pixels, or what they cover', () => {
    const mask = drawn('.##.', '.#..');
    expect(measureMask(mask, [1, 1]).area).toBe(3);
    expect(measureMask(mask, [0.5, 0.2]).area).toBe(0.3);
  });
});

describe('longest diameter', () => {
  it.each<[string, Mask, number]>([
    ['one pixel', drawn('...', '.#.'), Math.SQRT2],
    ['a row of four', drawn('####'), Math.hypot(4, 1)],
    ['two specks', drawn('#.....', '......', '.....#'), Math.hypot(6, 3)],
    ['a ring', drawn('###', '#.#', '###'), Math.hypot(3, 3)],
    ['nothing', drawn('..', '..'), 0],
  ])('of %s', (_, mask, expected) => {
    expect(measureMask(mask, [1, 1]).longestDiameter).toBeCloseTo(expected, 5);
  });

  it('equals the longest of all pairs, for any mask and spacing', () => {
    fc.assert(
      fc.property(masks, spacings, (mask, spacing) => {
        const expected = bruteForce(mask, spacing);
        const found = measureMask(mask, spacing).longestDiameter;
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-5 * expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on which way the picture is turned', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const { rows, columns, data } = mask;
        const turned = Uint8Array.from({ length: data.length }, (_, i) => {
          const [y, x] = [Math.floor(i / rows), i % rows];
          return data[x * columns + y]!;
        });
        expect(measureMask({ rows: columns, columns: rows, data: turned }, [1, 1])).toEqual(
          measureMask(mask, [1, 1]),
        );
      }),
    );
  });
});

describe('the hull', () => {
  it('holds every pixel and has no corner on a line between two others', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const hull = maskHull(mask);
        hull.forEach((from, i) => {
          const to = hull[(i + 1) % hull.length]!;
          const next = hull[(i + 2) % hull.length]!;
          const side = (x: number, y: number) =>
            (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);
          expect(side(next.x, next.y)).toBeGreaterThan(0);
          mask.data.forEach((pixel, at) => {
            const [x, y] = [at % mask.columns, Math.floor(at / mask.columns)];
            if (pixel === 1) expect(side(x + 0.5, y + 0.5)).toBeGreaterThan(0);
          });
        });
      }),
    );
  });
});
