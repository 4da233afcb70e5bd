import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/core/index.js';
import { decodeFrame } from '../../src/model/decode/decode-frame.js';
import { DECODED_SYNTAXES } from '../../src/model/decode/transfer-syntax.js';
import { encodeWithDcmtk } from './dcmtk.js';
import { encodeJ2k } from './encode-j2k.js';
import { describe8, syntheticFrame } from './pictures.js';

// A machine under load decodes slowly.
vi.setConfig({ testTimeout: 60_000 });

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

/** Where the end marker of a JPEG stream begins: FF D9, with the fill bytes FF that may stand before it (T.81 B.1.1.2). */
function endMarkerAt(bytes: Uint8Array): number {
  let at = Buffer.from(bytes).lastIndexOf(Buffer.from([0xff, 0xd9]));
  while (bytes[at - 1] === 0xff) at -= 1;
  return at;
}

describe.each(['JPEG baseline', 'JPEG baseline colour'])('%s', (name) => {
  it('cut off just before its end marker is read as the whole picture, with a note', async () => {
    const frame = frames.get(name)!;
    const whole = await decodeFrame(frame);
    const cut = await decodeFrame({ ...frame, bytes: frame.bytes.subarray(0, endMarkerAt(frame.bytes)) });
    expect(cut.samples).toEqual(whole.samples);
    expect(cut.notes).toEqual(['the JPEG stream lacks its end marker, its scan is complete']);
    expect(whole.notes).toBeUndefined();
  });

  it('cut off one byte before the end marker is refused', async () => {
    const frame = frames.get(name)!;
    const bytes = frame.bytes.subarray(0, endMarkerAt(frame.bytes) - 1);
    await expect(decodeFrame({ ...frame, bytes })).rejects.toMatchObject({ code: 'PIXELS_INVALID' });
  });
});

describe.each(NAMES)('%s', (name) => {
  it('cut off anywhere is refused', async () => {
    const frame = frames.get(name)!;
    await decodeFrame(frame);
    // Up to two bytes less is padding, or the end marker's neighbour.
    const cuts = Array.from({ length: 24 }, (_, i) => Math.floor((frame.bytes.length - 3) * (i / 23)));
    // A baseline JPEG that ends just before its end marker has its whole scan: the test after this one reads it.
    const onlyEndMarkerMissing = name.startsWith('JPEG baseline') ? endMarkerAt(frame.bytes) : undefined;
    for (const length of cuts.filter((cut) => cut !== onlyEndMarkerMissing)) {
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
