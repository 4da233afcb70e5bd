import { describe, expect, it } from 'vitest';
import { quantile } from '../../src/admin/stats/quantile.js';
import { hoursBetween } from '../../src/admin/stats/stats.js';

describe('a quantile', () => {
  it('lies between the values next to it', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3], 0.5)).toBe(2);
    expect(quantile([0, 10], 0.95)).toBeCloseTo(9.5);
    expect(quantile([7], 0.95)).toBe(7);
    expect(quantile([], 0.5)).toBeUndefined();
  });
});

describe('the hours of a time', () => {
  it('begin with the one that it begins in', () => {
    const at = (text: string) => Date.parse(`2024-05-01T${text}Z`);
    expect(hoursBetween(at('10:59:59'), at('12:00:00'))).toEqual([
      at('10:00:00'),
      at('11:00:00'),
      at('12:00:00'),
    ]);
  });
});
