import { beforeAll, expect, it } from 'vitest';
import { AppError, type EncodedFrame, type PixelDescription } from '../../src/core/index.js';
import { decodeFrame } from '../../src/model/decode/decode-frame.js';
import { DECODED_SYNTAXES } from '../../src/model/decode/transfer-syntax.js';
import type { Random } from '../../src/phantom/random.js';
import { encodeWithDcmtk } from '../model/dcmtk.js';
import { encodeJ2k } from '../model/encode-j2k.js';
import { describe8, syntheticFrame } from '../model/pictures.js';
import { forEachCase, TIMEOUT_MS } from './cases.js';
import { damaged } from './damage.js';

/** The encoders of JPEG 2000 want more: theirs are 37 × 52. */
const small = { rows: 19, columns: 26 };
const grey16 = describe8({ ...small, bitsAllocated: 16, bitsStored: 12 });
const grey8 = describe8(small);
const colour = describe8({ ...small, samplesPerPixel: 3 });
const REFUSALS = ['PIXELS_INVALID', 'PIXELS_UNSUPPORTED', 'SYNTAX_UNSUPPORTED'];
/** After so many damaged frames a whole one must still come out as it was. */
const NEIGHBOUR = 50;
/** Generous: a machine under load decodes slowly; what this finds is a decoder that does not end. */
const PATIENCE_MS = 20_000;

let frames: EncodedFrame[];
let samples: ArrayLike<number>[];

beforeAll(async () => {
  const dcmtk = (pixels: PixelDescription, tool: [string, ...string[]]): EncodedFrame => {
    const { encoded } = encodeWithDcmtk(pixels, syntheticFrame(pixels), tool);
    const { planarConfiguration, photometricInterpretation } = encoded;
    return {
      bytes: encoded.frame,
      transferSyntaxUid: encoded.transferSyntaxUid,
      pixels: { ...pixels, planarConfiguration, photometricInterpretation },
    };
  };
  const native = (pixels: PixelDescription): EncodedFrame => ({
    bytes: syntheticFrame(pixels),
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    pixels,
  });
  const j2k = async (kind: 'jpeg-2000' | 'htj2k', pixels: PixelDescription): Promise<EncodedFrame> => ({
    bytes: await encodeJ2k(kind, pixels, syntheticFrame(pixels)),
    transferSyntaxUid: kind === 'htj2k' ? '1.2.840.10008.1.2.4.201' : '1.2.840.10008.1.2.4.90',
    pixels,
  });
  frames = [
    native(grey16),
    native(colour),
    dcmtk(grey16, ['dcmcrle']),
    dcmtk(colour, ['dcmcrle']),
    dcmtk(grey16, ['dcmcjpeg', '+e1']),
    dcmtk(grey8, ['dcmcjpeg', '+eb']),
    dcmtk(colour, ['dcmcjpeg', '+eb']),
    dcmtk(grey16, ['dcmcjpls']),
    dcmtk(colour, ['dcmcjpls']),
    await j2k('jpeg-2000', describe8({ bitsAllocated: 16, bitsStored: 12 })),
    await j2k('jpeg-2000', describe8({ samplesPerPixel: 3 })),
    await j2k('htj2k', describe8({ bitsAllocated: 16, bitsStored: 12 })),
  ];
  samples = [];
  for (const frame of frames) samples.push((await decodeFrame(frame)).samples);
}, 120_000);

/** A header that does not fit what it describes, in one case of four. */
function description(pixels: PixelDescription, random: Random): PixelDescription {
  if (random.next() > 0.25) return pixels;
  const bits = [1, 8, 12, 16, 32][random.whole(0, 4)]!;
  const changes: Partial<PixelDescription>[] = [
    { rows: random.whole(0, 80) },
    { columns: random.whole(0, 80) },
    { samplesPerPixel: random.whole(0, 4) as PixelDescription['samplesPerPixel'] },
    { bitsStored: bits, highBit: bits - 1 },
    { bitsAllocated: bits as PixelDescription['bitsAllocated'] },
    { planarConfiguration: 1 },
    { pixelRepresentation: 1 },
    {
      photometricInterpretation: ['YBR_FULL', 'YBR_FULL_422', 'PALETTE COLOR', 'MONOCHROME1', ''][
        random.whole(0, 4)
      ]!,
    },
  ];
  return { ...pixels, ...changes[random.whole(0, changes.length - 1)]! };
}

it(
  'a damaged frame gives samples of the right size or a refusal, in time, and harms no neighbour',
  async () => {
    const cases = await forEachCase('decode', async (random, seed) => {
      const which = random.whole(0, frames.length - 1);
      const whole = frames[which]!;
      const frame: EncodedFrame = {
        bytes: damaged(whole.bytes, random),
        transferSyntaxUid:
          random.next() < 0.1
            ? DECODED_SYNTAXES[random.whole(0, DECODED_SYNTAXES.length - 1)]!
            : whole.transferSyntaxUid,
        pixels: description(whole.pixels, random),
      };
      const started = performance.now();
      try {
        const { rows, columns, samplesPerPixel } = frame.pixels;
        expect((await decodeFrame(frame)).samples).toHaveLength(rows * columns * samplesPerPixel);
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        expect(REFUSALS).toContain(thrown.code);
      }
      expect(performance.now() - started).toBeLessThan(PATIENCE_MS);
      if (seed % NEIGHBOUR === 0) expect((await decodeFrame(whole)).samples).toEqual(samples[which]);
    });
    expect(cases).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
