import type { Raster } from '../core/index.js';
import type { Rgb } from './draw/scene.js';
import { paletteColor, paletteIndex, plainPalette, segmentedPalette } from './palette.js';
import type { Attributes } from './part10/attributes.js';
import { fromYbr, toYbr } from './ybr.js';

/** One way to store a drawn frame. */
interface Form {
  readonly photometric: string;
  readonly bits: readonly [allocated: number, stored: number];
  readonly planar?: 0 | 1;
  readonly signed?: true;
  /** Look-up tables and padding that belong to the pixels. */
  readonly attributes?: () => Attributes;
  /** What is left of the drawn frame in this form; the frame itself when left out. */
  readonly shown?: (raster: Raster) => Raster;
  readonly store: (raster: Raster) => Uint8Array;
}

/** Grey levels 0–255 spread over 12 bits. */
const to12 = (value: number) => value * 16 + (value >> 4);
/** Something in the four bits above BitsStored, as overlays of old or careless writers leave it. */
const dirt = (i: number) => (((i * 7) % 15) + 1) << 12;
const PADDING = 4095;
const PADDED_BORDER = 3;

/** How the frames' pixels can be stored (PS3.3 C.7.6.3). */
export const PIXEL_FORMS = {
  rgb8: { photometric: 'RGB', bits: [8, 8], planar: 0, store: (raster) => raster.data },
  'rgb8-planar': { photometric: 'RGB', bits: [8, 8], planar: 1, store: ({ data }) => byPlane(data) },
  ybr8: {
    photometric: 'YBR_FULL',
    bits: [8, 8],
    planar: 0,
    store: (raster) => Uint8Array.from(colours(raster).flatMap((color) => toYbr(color).map(toByte))),
  },
  'ybr8-422': {
    photometric: 'YBR_FULL_422',
    bits: [8, 8],
    planar: 0,
    shown: (raster) => ({ ...raster, data: Uint8Array.from(pairs(raster).flatMap(undoPair)) }),
    store: (raster) => Uint8Array.from(pairs(raster).flat()),
  },
  /** What a video's header says; the stream is no picture of ours. */
  'ybr8-420': {
    photometric: 'YBR_PARTIAL_420',
    bits: [8, 8],
    planar: 0,
    store: () => new Uint8Array(),
  },
  palette8: {
    photometric: 'PALETTE COLOR',
    bits: [8, 8],
    attributes: plainPalette,
    shown: quantised,
    store: (raster) => Uint8Array.from(colours(raster), paletteIndex),
  },
  'palette8-segmented': {
    photometric: 'PALETTE COLOR',
    bits: [8, 8],
    attributes: segmentedPalette,
    shown: quantised,
    store: (raster) => Uint8Array.from(colours(raster), paletteIndex),
  },
  grey8: { photometric: 'MONOCHROME2', bits: [8, 8], store: (raster) => Uint8Array.from(greys(raster)) },
  'grey8-inverse': {
    photometric: 'MONOCHROME1',
    bits: [8, 8],
    store: (raster) => Uint8Array.from(greys(raster), (value) => 255 - value),
  },
  grey12: { photometric: 'MONOCHROME2', bits: [16, 12], store: (raster) => words(raster, to12) },
  'grey12-inverse': {
    photometric: 'MONOCHROME1',
    bits: [16, 12],
    store: (raster) => words(raster, (value) => 4095 - to12(value)),
  },
  'grey12-dirty': {
    photometric: 'MONOCHROME2',
    bits: [16, 12],
    store: (raster) => words(raster, (value, i) => to12(value) | dirt(i)),
  },
  /** A border of padding, which is shown black. */
  'grey12-padded': {
    photometric: 'MONOCHROME2',
    bits: [16, 12],
    attributes: () => ({ PixelPaddingValue: PADDING }),
    shown: padded,
    store: (raster) =>
      words(raster, (value, i) => (onBorder(raster, i) ? PADDING : Math.min(to12(value), PADDING - 1))),
  },
  signed16: {
    photometric: 'MONOCHROME2',
    bits: [16, 16],
    signed: true,
    store: (raster) => words(raster, (value) => value * 6 - 900),
  },
  /** -2048…2047 in 12 bits, the sign not carried into the dirty bits above. */
  'signed12-dirty': {
    photometric: 'MONOCHROME2',
    bits: [16, 12],
    signed: true,
    store: (raster) => words(raster, (value, i) => ((to12(value) - 2048) & 0xfff) | dirt(i)),
  },
} as const satisfies Record<string, Form>;

export type PixelForm = keyof typeof PIXEL_FORMS;

/** A form by its name, with what it may have beside. */
export function pixelForm(name: PixelForm): Form {
  const form: Form = PIXEL_FORMS[name];
  if (!form.photometric.startsWith('MONOCHROME')) return form;
  const { shown = (raster: Raster) => raster } = form;
  return { ...form, shown: (raster) => shown(inGrey(raster)) };
}

function colours({ data }: Raster): Rgb[] {
  return Array.from({ length: data.length / 3 }, (_, i) => [
    data[i * 3]!,
    data[i * 3 + 1]!,
    data[i * 3 + 2]!,
  ]);
}

/** Grey scenes have the same value in all three parts; of another one the first is kept. */
function greys({ data }: Raster): number[] {
  return Array.from({ length: data.length / 3 }, (_, i) => data[i * 3]!);
}

function inGrey(raster: Raster): Raster {
  return { ...raster, data: raster.data.map((_, i) => raster.data[i - (i % 3)]!) };
}

function byPlane(data: Uint8Array): Uint8Array {
  return Buffer.concat([0, 1, 2].map((part) => data.filter((_, at) => at % 3 === part)));
}

function words(raster: Raster, stored: (value: number, pixel: number) => number): Uint8Array {
  const bytes = Buffer.alloc(raster.width * raster.height * 2);
  greys(raster).forEach((value, i) => bytes.writeUInt16LE(stored(value, i) & 0xffff, i * 2));
  return bytes;
}

/** Y1 Y2 Cb Cr of every two pixels of a row, the chroma being their mean; Columns must be even. */
function pairs(raster: Raster): number[][] {
  const all = colours(raster).map(toYbr);
  return Array.from({ length: all.length / 2 }, (_, i) => {
    const [left, right] = [all[i * 2]!, all[i * 2 + 1]!];
    return [left[0], right[0], (left[1] + right[1]) / 2, (left[2] + right[2]) / 2].map(toByte);
  });
}

function undoPair([first, second, cb, cr]: readonly number[]): number[] {
  return [first!, second!].flatMap((y) => fromYbr([y, cb!, cr!]).map(toByte));
}

function quantised(raster: Raster): Raster {
  const data = colours(raster).flatMap((color) => paletteColor(paletteIndex(color)));
  return { ...raster, data: Uint8Array.from(data) };
}

function padded(raster: Raster): Raster {
  return {
    ...raster,
    data: raster.data.map((value, at) => (onBorder(raster, Math.floor(at / 3)) ? 0 : value)),
  };
}

function onBorder({ width, height }: Raster, pixel: number): boolean {
  const [x, y] = [pixel % width, Math.floor(pixel / width)];
  return Math.min(x, y, width - 1 - x, height - 1 - y) < PADDED_BORDER;
}

function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
