import { describe, expect, it } from 'vitest';
import { encodeCielab } from '../../../src/objects/seg/cielab.js';

/** Back to L*, a*, b* as PS3.3 C.10.7.1.1 encodes them. */
function decode([l, a, b]: readonly number[]): number[] {
  return [(l! / 65535) * 100, (a! / 65535) * 255 - 128, (b! / 65535) * 255 - 128];
}

describe('encodeCielab', () => {
  it.each([
    ['white', [255, 255, 255], [100, 0, 0]],
    ['black', [0, 0, 0], [0, 0, 0]],
    // Published CIELab values under D50 (Bradford), as colour management systems give them.
    ['red', [255, 0, 0], [54.29, 80.81, 69.89]],
    ['green', [0, 255, 0], [87.82, -79.29, 80.99]],
    ['blue', [0, 0, 255], [29.57, 68.3, -112.03]],
    ['mid grey', [119, 119, 119], [50.03, 0, 0]],
  ] as const)('gives %s its D50 values', (_, color, lab) => {
    const decoded = decode(encodeCielab(color));
    decoded.forEach((value, i) => expect(Math.abs(value - lab[i]!)).toBeLessThan(0.05));
  });

  it('stays inside 16 bits for every corner of the colour cube', () => {
    for (const r of [0, 255])
      for (const g of [0, 255])
        for (const b of [0, 255]) {
          const encoded = encodeCielab([r, g, b]);
          expect(encoded.every((value) => Number.isInteger(value) && value >= 0 && value <= 65535)).toBe(
            true,
          );
        }
  });
});
