import { describe, expect, it } from 'vitest';
import type { SegFrame } from '../../src/objects/index.js';
import { diceOf, frameKey, keepMasks } from '../../src/worker/shadow/shadow-frames.js';

const unitOf = (frames: number) => ({ sources: [{ '00280008': { vr: 'IS', Value: [frames] } }] });
const frame = (frameNumber: number, bits: readonly number[]): SegFrame => ({
  sourceIndex: 0,
  frameNumber,
  mask: { rows: 1, columns: bits.length, data: Uint8Array.from(bits) },
});
const diceBy = (a: readonly number[], b: readonly number[]) =>
  diceOf(keepMasks(unitOf(1), [frame(1, a)]), [frame(1, b)]);

describe('the overlap of two masks', () => {
  it.each([
    ['the same', [1, 0, 1, 1, 0, 0, 0, 0, 1], [1, 0, 1, 1, 0, 0, 0, 0, 1], 1],
    ['half', [1, 1, 0, 0], [0, 1, 1, 0], 0.5],
    ['none', [1, 1, 0, 0], [0, 0, 1, 1], 0],
  ])('%s', (_, a, b, expected) => {
    expect(diceBy(a, b)).toBeCloseTo(expected, 10);
  });

  it('is undefined when neither shows anything, and 0 when only one does', () => {
    const nothing = keepMasks(unitOf(1), []);
    expect(diceOf(nothing, [])).toBeUndefined();
    expect(diceOf(nothing, [frame(1, [1])])).toBe(0);
    expect(diceOf(keepMasks(unitOf(1), [frame(1, [1])]), [])).toBe(0);
  });

  it('is that of all frames together', () => {
    const kept = keepMasks(unitOf(2), [frame(1, [1, 1]), frame(2, [1, 0])]);
    expect(diceOf(kept, [frame(1, [1, 1]), frame(2, [0, 1])])).toBeCloseTo((2 * 2) / 6, 10);
  });
});

describe('the frames that are compared', () => {
  it('are all of a short unit, and 16 spread evenly of a long one', () => {
    expect([...keepMasks(unitOf(3), []).compared]).toEqual([1, 2, 3].map((n) => frameKey(0, n)));
    expect(keepMasks(unitOf(16), []).compared.size).toBe(16);
    for (const length of [17, 40, 1000]) {
      const numbers = [...keepMasks(unitOf(length), []).compared].map((key) => Number(key.split(':')[1]));
      expect(numbers).toHaveLength(16);
      const gaps = numbers.slice(1).map((n, i) => n - numbers[i]!);
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    }
  });

  it('are chosen over all instances of a stack, and at once whatever a damaged header says', () => {
    const stack = { sources: Array.from({ length: 32 }, () => ({})) };
    const even = Array.from({ length: 16 }, (_, i) => frameKey(2 * i, 1));
    expect([...keepMasks(stack, []).compared]).toEqual(even);
    expect(keepMasks(unitOf(2 ** 31 - 1), []).compared.size).toBe(16);
    expect(keepMasks(unitOf(-3), []).compared.size).toBe(1);
  });

  it('are the only ones whose masks are kept', () => {
    const all = Array.from({ length: 40 }, (_, i) => frame(i + 1, [1]));
    const kept = keepMasks(unitOf(40), all);
    expect(new Set(kept.masks.keys())).toEqual(kept.compared);
    expect(kept.bytes).toBe(16 * 2);
  });
});
