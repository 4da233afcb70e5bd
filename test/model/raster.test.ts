import { describe, expect, it } from 'vitest';
import type { PixelDescription } from '../../src/core/index.js';
import { toRaster } from '../../src/model/raster/to-raster.js';
import type { Samples } from '../../src/model/decode/samples.js';
import { describe8 } from './pictures.js';

/** Grey levels of a one-row picture. */
function grey(samples: Samples, over: Partial<PixelDescription> = {}): number[] {
  const bits = samples.BYTES_PER_ELEMENT * 8;
  const { data } = toRaster({
    samples,
    pixels: describe8({ rows: 1, columns: samples.length, bitsAllocated: bits, ...over }),
  });
  const levels = Array.from({ length: samples.length }, (_, i) => data[3 * i]!);
  expect(Array.from(data)).toEqual(levels.flatMap((level) => [level, level, level]));
  return levels;
}

function colour(samples: Samples, over: Partial<PixelDescription>): number[] {
  const columns = samples.length / (over.samplesPerPixel ?? 3);
  const pixels = describe8({
    rows: 1,
    columns,
    samplesPerPixel: 3,
    bitsAllocated: samples.BYTES_PER_ELEMENT * 8,
    ...over,
  });
  return Array.from(toRaster({ samples, pixels }).data);
}

const LINEAR = { center: 2048, width: 4096, shape: 'LINEAR' } as const;

describe('grey', () => {
  it('8-bit without a window is shown as it is', () => {
    expect(grey(Uint8Array.of(3, 100, 200))).toEqual([3, 100, 200]);
  });

  it('MONOCHROME1 and Presentation LUT Shape INVERSE turn it over, once', () => {
    const photometricInterpretation = 'MONOCHROME1';
    expect(grey(Uint8Array.of(0, 255), { photometricInterpretation })).toEqual([255, 0]);
    expect(grey(Uint8Array.of(0, 255), { inverse: true })).toEqual([255, 0]);
    expect(grey(Uint8Array.of(0, 255), { photometricInterpretation, inverse: true })).toEqual([255, 0]);
  });

  it('more bits without a window are spread over their range, padding left out and black', () => {
    const padding = { from: 0, to: 10 };
    expect(grey(Uint16Array.of(0, 10, 100, 150, 200), { padding })).toEqual([0, 0, 0, 128, 255]);
    const photometricInterpretation = 'MONOCHROME1';
    expect(grey(Uint16Array.of(5, 100, 200), { padding, photometricInterpretation })).toEqual([0, 255, 0]);
  });

  it('a flat picture is black and does not divide by zero', () => {
    expect(grey(Uint16Array.of(7, 7))).toEqual([0, 0]);
  });

  it('LINEAR follows the example of PS3.3 C.11.2.1.2.1 (c=2048, w=4096)', () => {
    expect(grey(Uint16Array.of(0, 1024, 2048, 4095, 60000), { window: LINEAR })).toEqual([
      0, 64, 128, 255, 255,
    ]);
  });

  it('LINEAR of width 1 is a threshold', () => {
    const window = { center: 10, width: 1, shape: 'LINEAR' } as const;
    expect(grey(Uint16Array.of(9, 10), { window })).toEqual([0, 255]);
  });

  it('LINEAR_EXACT and SIGMOID have their own curves', () => {
    const exact = { center: 100, width: 200, shape: 'LINEAR_EXACT' } as const;
    expect(grey(Uint16Array.of(0, 50, 100, 200), { window: exact })).toEqual([0, 64, 128, 255]);
    const sigmoid = { center: 100, width: 200, shape: 'SIGMOID' } as const;
    expect(grey(Uint16Array.of(0, 100, 200), { window: sigmoid })).toEqual([30, 128, 225]);
  });

  it('rescale comes before the window', () => {
    const window = { center: 0, width: 201, shape: 'LINEAR' } as const;
    expect(
      grey(Int16Array.of(924, 1024, 1124), { rescaleIntercept: -1024, pixelRepresentation: 1, window }),
    ).toEqual([1, 128, 255]);
  });

  it('a modality LUT replaces rescale, and a VOI LUT the window; both clamp', () => {
    const modalityLut = { firstMapped: 10, bits: 16, data: Uint16Array.of(0, 1, 2) };
    const voiLut = { firstMapped: 0, bits: 8, data: Uint16Array.of(5, 6, 250) };
    const over = { modalityLut, voiLut, window: LINEAR, rescaleSlope: 99 };
    expect(grey(Uint16Array.of(0, 10, 11, 12, 99), over)).toEqual([5, 5, 6, 250, 250]);
  });

  it('32-bit values are shown too', () => {
    expect(grey(Uint32Array.of(0, 100_000, 200_000))).toEqual([0, 128, 255]);
  });
});

describe('colour', () => {
  it('RGB is passed through, and scaled by Bits Stored above 8 bits', () => {
    expect(colour(Uint8Array.of(1, 2, 3), {})).toEqual([1, 2, 3]);
    expect(colour(Uint16Array.of(0, 2048, 4095), { bitsStored: 12 })).toEqual([0, 128, 255]);
  });

  it('YBR_FULL becomes RGB: grey, red, green and blue', () => {
    const ybr = Uint8Array.of(128, 128, 128, 76, 85, 255, 150, 44, 21, 29, 255, 107);
    const rgb = colour(ybr, { photometricInterpretation: 'YBR_FULL' });
    const wanted = [128, 128, 128, 255, 0, 0, 0, 255, 0, 0, 0, 255];
    rgb.forEach((value, i) => expect(Math.abs(value - wanted[i]!)).toBeLessThanOrEqual(2));
  });

  it.each(['YBR_PARTIAL_420', 'YBR_PARTIAL_422', 'YBR_ICT', 'CMYK'])('%s is unsupported', (name) => {
    expect(() => colour(Uint8Array.of(1, 2, 3), { photometricInterpretation: name })).toThrow(
      expect.objectContaining({ code: 'PIXELS_UNSUPPORTED' }),
    );
  });

  it('a photometric interpretation that does not fit the samples is invalid', () => {
    expect(() => colour(Uint8Array.of(1, 2, 3), { photometricInterpretation: 'MONOCHROME2' })).toThrow(
      expect.objectContaining({ code: 'PIXELS_INVALID' }),
    );
  });
});

describe('palette', () => {
  const table = (bits: number, ...data: number[]) => ({ firstMapped: 1, bits, data: Uint16Array.from(data) });
  const palette = (bits: number, scale: number) => ({
    red: table(bits, 255 * scale, 0),
    green: table(bits, 0, 128 * scale),
    blue: table(bits, 7 * scale, 9 * scale),
  });
  const over = { samplesPerPixel: 1, photometricInterpretation: 'PALETTE COLOR' };

  it.each([
    ['8-bit tables', 8, 1],
    ['16-bit tables with the value in the high byte', 16, 256],
    ['16-bit tables with the value in both bytes', 16, 257],
    ['tables that say 16 bits and hold 8', 16, 1],
  ])('%s', (_, bits, scale) => {
    const rgb = colour(Uint8Array.of(0, 1, 2, 9), { ...over, palette: palette(bits, scale) });
    expect(rgb).toEqual([255, 0, 7, 255, 0, 7, 0, 128, 9, 0, 128, 9]);
  });

  it('a missing palette is invalid', () => {
    expect(() => colour(Uint8Array.of(0), over)).toThrow(expect.objectContaining({ code: 'PIXELS_INVALID' }));
  });
});
