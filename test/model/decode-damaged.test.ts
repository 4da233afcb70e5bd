import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/index.js';
import { decodeFrame } from '../../src/model/decode/decode-frame.js';
import { DECODED_SYNTAXES } from '../../src/model/decode/transfer-syntax.js';
import { encodeWithDcmtk } from './dcmtk.js';
import { encodeJ2k } from './encode-j2k.js';
import { describe8, syntheticFrame } from './pictures.js';

const grey16 = describe8({ bitsAllocated: 16, bitsStored: 12 });
const grey8 = describe8();
const colour = describe8({ samplesPerPixel: 3 });
const frames = new Map<string, { bytes: Uint8Array; transferSyntaxUid: string; pixels: typeof grey16 }>();

beforeAll(async () => {
  const dcmtk = (name: string, pixels: typeof grey16, tool: [string, ...string[]]) => {
    const { encoded } = encodeWithDcmtk(pixels, syntheticFrame(pixels), tool);
    const { planarConfiguration, photometricInterpretation } = encoded;
    const after = { ...pixels, planarConfiguration, photometricInterpretation };
    frames.set(name, { bytes: encoded.frame, transferSyntaxUid: encoded.transferSyntaxUid, pixels: after });
  };
  dcmtk('RLE', grey16, ['dcmcrle']);
  dcmtk('RLE colour', colour, ['dcmcrle']);
  dcmtk('JPEG lossless', grey16, ['dcmcjpeg', '+e1']);
  dcmtk('JPEG baseline', grey8, ['dcmcjpeg', '+eb']);
  dcmtk('JPEG baseline colour', colour, ['dcmcjpeg', '+eb']);
  dcmtk('JPEG-LS', grey16, ['dcmcjpls']);
  for (const kind of ['jpeg-2000', 'htj2k'] as const) {
    const transferSyntaxUid = kind === 'htj2k' ? '1.2.840.10008.1.2.4.201' : '1.2.840.10008.1.2.4.90';
    frames.set(kind, {
      bytes: await encodeJ2k(kind, grey16, syntheticFrame(grey16)),
      transferSyntaxUid,
      pixels: grey16,
    });
  }
});

const NAMES = [
  'RLE',
  'RLE colour',
  'JPEG lossless',
  'JPEG baseline',
  'JPEG baseline colour',
  'JPEG-LS',
  'jpeg-2000',
  'htj2k',
];

describe.each(NAMES)('%s', (name) => {
  it('cut off anywhere is refused', async () => {
    const frame = frames.get(name)!;
    await decodeFrame(frame);
    // Up to two bytes less is padding, or the end marker's neighbour.
    const cuts = Array.from({ length: 24 }, (_, i) => Math.floor((frame.bytes.length - 3) * (i / 23)));
    for (const length of cuts) {
      await expect(decodeFrame({ ...frame, bytes: frame.bytes.subarray(0, length) })).rejects.toMatchObject({
        code: 'PIXELS_INVALID',
      });
    }
  });

  it('a header that says another size is refused', async () => {
    const frame = frames.get(name)!;
    for (const over of [{ rows: frame.pixels.rows + 1 }, { columns: frame.pixels.columns + 2 }]) {
      await expect(decodeFrame({ ...frame, pixels: { ...frame.pixels, ...over } })).rejects.toMatchObject({
        code: 'PIXELS_INVALID',
      });
    }
  });

  it('with bytes changed anywhere, gives the right size or an AppError', async () => {
    const frame = frames.get(name)!;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(frame.bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (changes) => {
          const bytes = Uint8Array.from(frame.bytes);
          for (const [at, value] of changes) bytes[at] = value;
          await expectSizeOrAppError({ ...frame, bytes });
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

it('garbage in any syntax gives the right size or an AppError', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...DECODED_SYNTAXES),
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom(grey16, grey8, colour),
      (transferSyntaxUid, bytes, pixels) => expectSizeOrAppError({ transferSyntaxUid, bytes, pixels }),
    ),
    { numRuns: 200 },
  );
}, 60_000);

it('an RLE frame of endless no-operations ends', async () => {
  const bytes = new Uint8Array(4096).fill(128);
  new DataView(bytes.buffer).setUint32(0, 1, true);
  new DataView(bytes.buffer).setUint32(4, 64, true);
  await expect(
    decodeFrame({ bytes, transferSyntaxUid: '1.2.840.10008.1.2.5', pixels: grey8 }),
  ).rejects.toMatchObject({ code: 'PIXELS_INVALID' });
});

async function expectSizeOrAppError(frame: Parameters<typeof decodeFrame>[0]): Promise<void> {
  try {
    const { samples } = await decodeFrame(frame);
    expect(samples).toHaveLength(frame.pixels.rows * frame.pixels.columns * frame.pixels.samplesPerPixel);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AppError);
    expect(['PIXELS_INVALID', 'SYNTAX_UNSUPPORTED']).toContain((thrown as AppError).code);
  }
}
