import { describe, expect, it } from 'vitest';
import { enlarged } from '../../src/model/network/logit-map.js';
import { postprocess } from '../../src/model/network/postprocess.js';
import { blend, cut, type Window, windowsOf } from '../../src/model/network/tiling.js';

const whole = (rows: number, columns: number): Window => ({ top: 0, left: 0, height: rows, width: columns });

describe('windowsOf', () => {
  it.each([
    [584, 565, 3],
    [300, 301, 2],
    [97, 4096, 1],
    [4000, 3000, 4],
  ])('cover %i x %i in %i each way, and overlap by about a quarter', (rows, columns, tiles) => {
    const windows = windowsOf({ rows, columns }, tiles);
    expect(windows).toHaveLength(tiles * tiles);
    const last = windows.at(-1)!;
    expect([windows[0]!.top, windows[0]!.left]).toEqual([0, 0]);
    expect([last.top + last.height, last.left + last.width]).toEqual([rows, columns]);
    const [first, second] = windows;
    if (tiles > 1) expect((first!.left + first!.width - second!.left) / first!.width).toBeCloseTo(0.25, 1);
  });

  it('are those of the training code', () => {
    // From espmedsam.tiling, whose thresholds hold for just these windows.
    const lefts = (length: number, tiles: number) =>
      windowsOf({ rows: 5000, columns: length }, tiles)
        .slice(0, tiles)
        .map(({ left, width }) => [left, width]);
    expect(lefts(565, 3)).toEqual([
      [0, 226],
      [170, 226],
      [339, 226],
    ]);
    expect(lefts(301, 2)).toEqual([
      [0, 172],
      [129, 172],
    ]);
  });

  it('are fewer where they would show too little', () => {
    expect(windowsOf({ rows: 200, columns: 584 }, 3)).toHaveLength(4);
    expect(windowsOf({ rows: 100, columns: 2000 }, 3)).toEqual([whole(100, 2000)]);
  });
});

describe('cut', () => {
  it('takes the pixels of the window', () => {
    const data = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => i);
    const part = cut({ width: 4, height: 3, data }, { top: 1, left: 2, height: 2, width: 2 });
    expect(part).toEqual({
      width: 2,
      height: 2,
      data: Uint8Array.from([18, 19, 20, 21, 22, 23, 30, 31, 32, 33, 34, 35]),
    });
  });
});

describe('blend', () => {
  const flat = (value: number) => new Float32Array(16).fill(value);

  it('of one window is the way without tiles', () => {
    const logits = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i) * 3);
    const size = { rows: 50, columns: 37 };
    const one = blend(size);
    one.add(logits, 8, whole(50, 37));
    const { mask, positivePixels, meanProbability } = postprocess(one.map, { threshold: 0.6 });
    const direct = postprocess(enlarged(logits, 8, size), { threshold: 0.6 });
    expect(Buffer.from(mask).equals(Buffer.from(direct.mask))).toBe(true);
    expect(positivePixels).toBe(direct.positivePixels);
    expect(meanProbability).toBeCloseTo(direct.meanProbability, 6);
  });

  it('lets the window decide that a pixel lies deeper in', () => {
    const size = { rows: 200, columns: 350 };
    const both = blend(size);
    for (const window of windowsOf(size, 2)) both.add(flat(window.left === 0 ? -2 : 2), 4, window);
    const { mask } = postprocess(both.map, { threshold: 0.5 });
    const row = Array.from(mask.subarray(100 * 350, 101 * 350));
    const edge = row.indexOf(1);
    expect(edge).toBeGreaterThanOrEqual(174);
    expect(edge).toBeLessThanOrEqual(176);
    expect(row.lastIndexOf(0)).toBe(edge - 1);
  });

  it('does not change answers that agree', () => {
    const size = { rows: 300, columns: 410 };
    const all = blend(size);
    for (const window of windowsOf(size, 3)) all.add(flat(1), 4, window);
    const { positivePixels, meanProbability } = postprocess(all.map, { threshold: 0.7 });
    expect(positivePixels).toBe(300 * 410);
    expect(meanProbability).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
  });
});
