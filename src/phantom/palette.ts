import type { Attributes } from './part10/attributes.js';
import type { Rgb } from './draw/scene.js';

/** Levels of red, green and blue in the palette of 256 colours. */
const LEVELS = [8, 8, 4] as const;

/** The entry of the palette nearest to a colour. */
export function paletteIndex(color: Rgb): number {
  const [red, green, blue] = LEVELS.map((levels, i) => Math.round((color[i]! / 255) * (levels - 1)));
  return (red! << 5) | (green! << 2) | blue!;
}

/** The colour of an entry, 0–255. */
export function paletteColor(index: number): Rgb {
  return [level(index >> 5, 8), level((index >> 2) & 7, 8), level(index & 3, 4)];
}

/** Palette Color Lookup Table module (PS3.3 C.7.9) with plain tables of 16-bit entries. */
export function plainPalette(): Attributes {
  const table = (part: number) => words(Array.from({ length: 256 }, (_, i) => wide(paletteColor(i)[part]!)));
  return {
    ...DESCRIPTORS,
    RedPaletteColorLookupTableData: table(0),
    GreenPaletteColorLookupTableData: table(1),
    BluePaletteColorLookupTableData: table(2),
  };
}

/** The same tables as segments: discrete, linear and indirect (PS3.3 C.7.9.2). */
export function segmentedPalette(): Attributes {
  const [DISCRETE, LINEAR, INDIRECT] = [0, 1, 2];
  const flat = (value: number, length: number) => [DISCRETE, 1, value, LINEAR, length - 1, value];
  const steps = Array.from({ length: 8 }, (_, step) => wide(level(step, 8)));
  const blues = Array.from({ length: 4 }, (_, step) => wide(level(step, 4)));
  const repeat = (segments: number, times: number) =>
    Array.from({ length: times }, () => [INDIRECT, segments, 0, 0]).flat();
  return {
    ...DESCRIPTORS,
    SegmentedRedPaletteColorLookupTableData: words(steps.flatMap((value) => flat(value, 32))),
    SegmentedGreenPaletteColorLookupTableData: words([
      ...steps.flatMap((value) => flat(value, 4)),
      ...repeat(16, 7),
    ]),
    SegmentedBluePaletteColorLookupTableData: words([DISCRETE, 4, ...blues, ...repeat(1, 63)]),
  };
}

const DESCRIPTORS: Attributes = {
  RedPaletteColorLookupTableDescriptor: [256, 0, 16],
  GreenPaletteColorLookupTableDescriptor: [256, 0, 16],
  BluePaletteColorLookupTableDescriptor: [256, 0, 16],
};

const level = (step: number, levels: number) => Math.round((step * 255) / (levels - 1));
const wide = (value: number) => value * 257;

function words(values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, i) => bytes.writeUInt16LE(value, i * 2));
  return bytes;
}
