import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { PixelDescription } from '../../src/core/index.js';
import { decodeFrame } from '../../src/model/decode/decode-frame.js';
import { toRaster } from '../../src/model/raster/to-raster.js';
import { encodeWithDcmtk } from './dcmtk.js';
import { encodeJ2k } from './encode-j2k.js';
import { describe8, syntheticFrame } from './pictures.js';

// A machine under load decodes slowly.
vi.setConfig({ testTimeout: 60_000 });

const COLOUR = describe8({ samplesPerPixel: 3 });
const RGB = syntheticFrame(COLOUR);
const JPEG = '1.2.840.10008.1.2.4.50';

/** The picture of a frame under a label, and the notes. */
async function pictureOf(
  bytes: Uint8Array,
  transferSyntaxUid: string,
  photometricInterpretation: string,
  pixels: PixelDescription = COLOUR,
) {
  const { data, notes } = toRaster(
    await decodeFrame({ bytes, transferSyntaxUid, pixels: { ...pixels, photometricInterpretation } }),
  );
  return { data, notes };
}

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

/** YBR_FULL of RGB (PS3.3 C.7.6.3.1.2). */
function toYbr(rgb: Uint8Array): Uint8Array {
  const ybr = new Uint8ClampedArray(rgb.length);
  for (let i = 0; i < rgb.length; i += 3) {
    const [r, g, b] = [rgb[i]!, rgb[i + 1]!, rgb[i + 2]!];
    ybr[i] = 0.299 * r + 0.587 * g + 0.114 * b;
    ybr[i + 1] = -0.168736 * r - 0.331264 * g + 0.5 * b + 128;
    ybr[i + 2] = 0.5 * r - 0.418688 * g - 0.081312 * b + 128;
  }
  return new Uint8Array(ybr.buffer);
}

describe.each([
  ['jpeg-2000', '1.2.840.10008.1.2.4.90'],
  ['htj2k', '1.2.840.10008.1.2.4.201'],
] as const)('colour of %s', (kind, syntax) => {
  it.each(['RGB', 'YBR_RCT', 'YBR_ICT', 'YBR_FULL', 'YBR_FULL_422'])(
    'is what the codestream says that it transformed, labelled %s',
    async (label) => {
      const bytes = await encodeJ2k(kind, COLOUR, RGB);
      const { data, notes } = await pictureOf(bytes, syntax, label);
      expect(largestDifference(data, RGB)).toBe(0);
      expect(notes).toBeUndefined();
    },
  );
});

// The encoder of JPEG 2000 always transforms colour; the header is read by the same code for both.
describe('colour of htj2k without a transform', () => {
  const [kind, syntax] = ['htj2k', '1.2.840.10008.1.2.4.201'] as const;

  it('is the label’s where the codestream transformed nothing', async () => {
    const plain = await encodeJ2k(kind, COLOUR, RGB, undefined, false);
    expect(largestDifference((await pictureOf(plain, syntax, 'RGB')).data, RGB)).toBe(0);
    const ybr = await encodeJ2k(kind, COLOUR, toYbr(RGB), undefined, false);
    const { data, notes } = await pictureOf(ybr, syntax, 'YBR_FULL');
    expect(largestDifference(data, RGB)).toBeLessThanOrEqual(2);
    expect(notes).toBeUndefined();
  });

  it.each(['YBR_ICT', 'YBR_RCT'])(
    'is read as YBR_FULL, with a note, where it is labelled %s and nothing was transformed',
    async (label) => {
      const ybr = await encodeJ2k(kind, COLOUR, toYbr(RGB), undefined, false);
      const { data, notes } = await pictureOf(ybr, syntax, label);
      expect(largestDifference(data, RGB)).toBeLessThanOrEqual(2);
      expect(notes).toEqual([expect.stringContaining(label)]);
    },
  );
});

/** A JPEG stream without the segments that name its colour space: JFIF and Adobe. */
function withoutMarkers(jpeg: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [Uint8Array.from([0xff, 0xd8])];
  let at = 2;
  while (jpeg[at + 1] !== 0xda) {
    const end = at + 2 + jpeg[at + 2]! * 256 + jpeg[at + 3]!;
    if (jpeg[at + 1] !== 0xe0 && jpeg[at + 1] !== 0xee) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  return Uint8Array.from(Buffer.concat([...kept, jpeg.subarray(at)]));
}

const encodeJpeg = (options: readonly string[], pixels = COLOUR) =>
  encodeWithDcmtk(pixels, syntheticFrame(pixels), ['dcmcjpeg', '+eb', '+q', '95', ...options]).encoded;

describe('colour of JPEG without markers, labelled RGB', () => {
  it.each([
    ['4:2:0', '+np'],
    ['4:2:2', '+s2'],
  ])('is YCbCr, with a note, where the chroma is subsampled %s', async (_, option) => {
    const encoded = encodeJpeg([option]);
    const expected = await pictureOf(encoded.frame, JPEG, encoded.photometricInterpretation);
    const { data, notes } = await pictureOf(withoutMarkers(encoded.frame), JPEG, 'RGB');
    expect(largestDifference(data, expected.data)).toBeLessThanOrEqual(2);
    expect(notes).toEqual([expect.stringContaining('subsampled')]);
    expect(expected.notes).toBeUndefined();
  });

  it('is RGB where it is not subsampled', async () => {
    const { frame } = encodeJpeg(['+cr']);
    const { data, notes } = await pictureOf(withoutMarkers(frame), JPEG, 'RGB');
    const errors = data.map((value, i) => Math.abs(value - RGB[i]!));
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(3);
    expect(notes).toBeUndefined();
  });
});

describe('JPEG without its end marker', () => {
  const grey = describe8();
  const streams = {
    grey: { pixels: grey, frame: encodeJpeg([], grey).frame, label: 'MONOCHROME2' },
    colour: { pixels: COLOUR, frame: encodeJpeg(['+np']).frame, label: 'YBR_FULL_422' },
  };
  const lengthTo = (frame: Uint8Array) => Buffer.from(frame).lastIndexOf(Buffer.from([0xff, 0xd9]));

  it.each(Object.entries(streams))(
    'gives the whole picture and a note: %s',
    async (_, { pixels, frame, label }) => {
      const expected = await pictureOf(frame, JPEG, label, pixels);
      const { data, notes } = await pictureOf(frame.subarray(0, lengthTo(frame)), JPEG, label, pixels);
      expect(data).toEqual(expected.data);
      expect(notes).toEqual([expect.stringContaining('end marker')]);
    },
  );

  it.each(Object.entries(streams))(
    'is refused where its scan is cut off: %s',
    async (_, { pixels, frame, label }) => {
      const end = lengthTo(frame);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 4, max: end - 3 }), async (length) => {
          await expect(pictureOf(frame.subarray(0, length), JPEG, label, pixels)).rejects.toMatchObject({
            code: 'PIXELS_INVALID',
          });
        }),
        { numRuns: 60 },
      );
    },
  );
});
