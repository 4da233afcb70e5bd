import { describe, expect, it } from 'vitest';
import { enlarged } from '../../src/model/network/logit-map.js';
import { postprocess } from '../../src/model/network/postprocess.js';
import { preprocess } from '../../src/model/network/preprocess.js';
import { resizeToSquare } from '../../src/model/network/resize.js';

/** value(y, x, c) = (37x + 91y + 53c + xy) mod 256 */
function pattern(height: number, width: number) {
  const data = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let c = 0; c < 3; c += 1) data[(y * width + x) * 3 + c] = x * 37 + y * 91 + c * 53 + x * y;
    }
  }
  return { width, height, data };
}

// Computed with PyTorch 2: interpolate(size, mode='bilinear', align_corners=False, antialias=True).
describe('resizeToSquare equals PyTorch', () => {
  it.each([
    [
      5,
      7,
      4,
      [42.262, 95.262, 145.214, 100.23, 135.31, 155.03, 155.97, 157.77, 172.37, 165.786, 115.167, 85.881],
      125.35449,
      16709.453,
    ],
    [
      3,
      2,
      6,
      [0, 53, 106, 0, 53, 106, 12.333, 65.333, 118.333, 24.667, 77.667, 130.667],
      120.33333,
      18010.29,
    ],
    [
      23,
      17,
      8,
      [
        100.034, 126.07, 137.058, 126.382, 116.316, 133.038, 132.669, 124.26, 126.97, 110.154, 129.839,
        133.922,
      ],
      129.56349,
      16903.977,
    ],
  ])('%i × %i to %i', (height, width, size, first, mean, meanSquare) => {
    const out = resizeToSquare(pattern(height, width), size);
    first.forEach((value, i) => expect(out[i]).toBeCloseTo(value, 2));
    expect(average(out)).toBeCloseTo(mean, 3);
    expect(average(out.map((value) => value * value))).toBeCloseTo(meanSquare, 1);
  });

  it('a picture of the right size is unchanged', () => {
    const raster = pattern(9, 9);
    expect(Array.from(resizeToSquare(raster, 9))).toEqual(Array.from(raster.data));
  });

  it('a large picture takes well under a second or so', () => {
    const raster = { width: 4096, height: 3000, data: new Uint8Array(4096 * 3000 * 3) };
    const start = process.cpuUsage();
    resizeToSquare(raster, 256);
    // Of the processor: what else the machine does takes none of it.
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(3000);
  });
});

it('preprocess makes planes of normalised values', () => {
  const raster = { width: 1, height: 1, data: Uint8Array.of(10, 20, 30) };
  const normalisation = { mean: [0, 10, 10], std: [10, 10, 5] } as const;
  const input = { size: 2, normalisation: { mean: [...normalisation.mean], std: [...normalisation.std] } };
  const out = preprocess(raster, input as Parameters<typeof preprocess>[1]);
  expect(Array.from(out)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 4, 4, 4, 4]);
});

// The same logits through PyTorch: interpolate(size=(5, 7), mode='bilinear', align_corners=False).
describe('postprocess equals PyTorch', () => {
  const logits = Float32Array.of(-4, 1, 2, -1, 0.5, -2, 3, -3, 1, 1, -1, -1, -5, 4, -4, 5);

  it.each([
    [0.55, ['0011100', '0001100', '1101100', '0010001', '0010011'], 14, 0.7705148],
    [0.7, ['0001100', '0000100', '0000000', '0010000', '0010011'], 7, 0.8926112],
  ])('at threshold %d', (threshold, lines, positive, mean) => {
    const result = postprocess(enlarged(logits, 4, { rows: 5, columns: 7 }), { threshold });
    expect(Array.from(result.mask).join('')).toBe(lines.join(''));
    expect(result.positivePixels).toBe(positive);
    expect(result.meanProbability).toBeCloseTo(mean, 5);
  });

  it('an empty mask has a mean probability of 0', () => {
    const result = postprocess(enlarged(new Float32Array(16).fill(-9), 4, { rows: 3, columns: 3 }), {
      threshold: 0.5,
    });
    expect(result).toEqual({ mask: new Uint8Array(9), positivePixels: 0, meanProbability: 0 });
  });
});

function average(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
