import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../src/model/decode/decode-frame.js';
import { encodeJ2k } from './encode-j2k.js';
import { describe8, syntheticFrame, syntheticValues } from './pictures.js';

const KINDS = {
  '8-bit grey': describe8(),
  '12 bits in 16': describe8({ bitsAllocated: 16, bitsStored: 12 }),
  '16-bit grey': describe8({ bitsAllocated: 16 }),
  'signed 16-bit grey': describe8({ bitsAllocated: 16, pixelRepresentation: 1 }),
  '8-bit colour': describe8({ samplesPerPixel: 3, photometricInterpretation: 'YBR_RCT' }),
} as const;

describe.each([
  ['jpeg-2000', '1.2.840.10008.1.2.4.90'],
  ['htj2k', '1.2.840.10008.1.2.4.201'],
] as const)('%s', (kind, transferSyntaxUid) => {
  it.each(Object.entries(KINDS))('%s comes back exactly', async (_, pixels) => {
    const bytes = await encodeJ2k(kind, pixels, syntheticFrame(pixels));
    const decoded = await decodeFrame({ bytes, transferSyntaxUid, pixels });
    expect(Array.from(decoded.samples)).toEqual(syntheticValues(pixels));
    const photometric = pixels.samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2';
    expect(decoded.pixels.photometricInterpretation).toBe(photometric);
  });

  it('an unsigned codestream of signed pixels is read as two’s complement', async () => {
    const unsigned = describe8({ bitsAllocated: 16, bitsStored: 12 });
    const bytes = await encodeJ2k(kind, unsigned, syntheticFrame(unsigned));
    const pixels = { ...unsigned, pixelRepresentation: 1 as const };
    const { samples } = await decodeFrame({ bytes, transferSyntaxUid, pixels });
    expect(Array.from(samples)).toEqual(syntheticValues(unsigned).map((v) => (v >= 2048 ? v - 4096 : v)));
  });
});
