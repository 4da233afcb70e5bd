import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../src/model/decode/decode-frame.js';
import { describe8, syntheticFrame, syntheticValues } from './pictures.js';

const LITTLE = '1.2.840.10008.1.2.1';
const BIG = '1.2.840.10008.1.2.2';

describe('uncompressed frames', () => {
  it.each(['1.2.840.10008.1.2', LITTLE, '1.2.840.10008.1.2.1.99'])(
    '%s is read little endian',
    async (syntax) => {
      const pixels = describe8({ bitsAllocated: 16, bitsStored: 12, pixelRepresentation: 1 });
      const frame = await decodeFrame({ bytes: syntheticFrame(pixels), transferSyntaxUid: syntax, pixels });
      expect(frame.samples).toBeInstanceOf(Int16Array);
      expect(Array.from(frame.samples)).toEqual(syntheticValues(pixels));
    },
  );

  it('big endian words are swapped', async () => {
    const pixels = describe8({ bitsAllocated: 16 });
    const bytes = Uint8Array.from(Buffer.from(syntheticFrame(pixels)).swap16());
    const { samples } = await decodeFrame({ bytes, transferSyntaxUid: BIG, pixels });
    expect(Array.from(samples)).toEqual(syntheticValues(pixels));
  });

  it('8-bit pixels in a big endian object are left to the archive: their order depends on a VR that is not told', async () => {
    const pixels = describe8();
    await expect(
      decodeFrame({ bytes: syntheticFrame(pixels), transferSyntaxUid: BIG, pixels }),
    ).rejects.toMatchObject({ code: 'SYNTAX_UNSUPPORTED' });
  });

  it('32-bit values are read', async () => {
    const pixels = describe8({ bitsAllocated: 32, bitsStored: 20 });
    const { samples } = await decodeFrame({
      bytes: syntheticFrame(pixels),
      transferSyntaxUid: LITTLE,
      pixels,
    });
    expect(samples).toBeInstanceOf(Uint32Array);
    expect(Array.from(samples)).toEqual(syntheticValues(pixels));
  });

  it('colour by plane becomes colour by pixel', async () => {
    const pixels = describe8({ rows: 1, columns: 2, samplesPerPixel: 3, planarConfiguration: 1 });
    const bytes = Uint8Array.of(1, 2, 11, 12, 21, 22);
    const decoded = await decodeFrame({ bytes, transferSyntaxUid: LITTLE, pixels });
    expect(Array.from(decoded.samples)).toEqual([1, 11, 21, 2, 12, 22]);
    expect(decoded.pixels.planarConfiguration).toBe(0);
  });

  it('subsampled YBR_FULL_422 is expanded to YBR_FULL', async () => {
    const pixels = describe8({
      rows: 1,
      columns: 2,
      samplesPerPixel: 3,
      photometricInterpretation: 'YBR_FULL_422',
    });
    const bytes = Uint8Array.of(10, 20, 100, 200);
    const decoded = await decodeFrame({ bytes, transferSyntaxUid: LITTLE, pixels });
    expect(Array.from(decoded.samples)).toEqual([10, 100, 200, 20, 100, 200]);
    expect(decoded.pixels.photometricInterpretation).toBe('YBR_FULL');
  });

  it('bits above Bits Stored are ignored, and High Bit moves the value', async () => {
    const pixels = describe8({ rows: 1, columns: 2, bitsAllocated: 16, bitsStored: 12 });
    const dirty = await decodeFrame({
      bytes: Uint8Array.of(0x34, 0xf2, 0xff, 0xff),
      transferSyntaxUid: LITTLE,
      pixels,
    });
    expect(Array.from(dirty.samples)).toEqual([0x234, 0xfff]);
    const high = { ...pixels, highBit: 15 };
    const moved = await decodeFrame({
      bytes: Uint8Array.of(0x4f, 0x23, 0, 0),
      transferSyntaxUid: LITTLE,
      pixels: high,
    });
    expect(Array.from(moved.samples)).toEqual([0x234, 0]);
    expect(moved.pixels.highBit).toBe(11);
  });

  it('one byte of padding behind an odd frame is allowed, anything else is not', async () => {
    const pixels = describe8({ rows: 1, columns: 3 });
    const decode = (length: number) =>
      decodeFrame({ bytes: new Uint8Array(length), transferSyntaxUid: LITTLE, pixels });
    expect((await decode(4)).samples).toHaveLength(3);
    for (const length of [0, 2, 5])
      await expect(decode(length)).rejects.toMatchObject({ code: 'PIXELS_INVALID' });
  });
});

describe('what is not decoded says so', () => {
  it.each([
    ['1.2.840.10008.1.2.4.102', /MPEG/],
    ['1.2.840.10008.1.2.4.110', /JPEG XL/],
    ['1.2.3', /transfer syntax/],
    ['constructor', /transfer syntax/],
  ])('%s', async (transferSyntaxUid, message) => {
    await expect(
      decodeFrame({ bytes: new Uint8Array(4), transferSyntaxUid, pixels: describe8() }),
    ).rejects.toMatchObject({ code: 'SYNTAX_UNSUPPORTED', message: expect.stringMatching(message) });
  });

  it.each([
    [{ bitsAllocated: 1, bitsStored: 1, highBit: 0 }, 'PIXELS_UNSUPPORTED'],
    [{ samplesPerPixel: 4 }, 'PIXELS_UNSUPPORTED'],
    [{ rows: 60_000, columns: 60_000 }, 'PIXELS_UNSUPPORTED'],
    [{ rows: 0 }, 'PIXELS_INVALID'],
    [{ bitsStored: 9 }, 'PIXELS_INVALID'],
    [{ highBit: 3 }, 'PIXELS_INVALID'],
  ])('%j', async (over, code) => {
    await expect(
      decodeFrame({
        bytes: new Uint8Array(4),
        transferSyntaxUid: LITTLE,
        pixels: { ...describe8(), ...over },
      }),
    ).rejects.toMatchObject({ code });
  });
});
