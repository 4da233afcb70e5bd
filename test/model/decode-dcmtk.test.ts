import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../src/model/decode/decode-frame.js';
import { toRaster } from '../../src/model/raster/to-raster.js';
import { encodeWithDcmtk } from './dcmtk.js';
import { describe8, syntheticFrame, syntheticValues } from './pictures.js';

const KINDS = {
  '8-bit grey': describe8(),
  '12 bits in 16': describe8({ bitsAllocated: 16, bitsStored: 12 }),
  '16-bit grey': describe8({ bitsAllocated: 16 }),
  'signed 16-bit grey': describe8({ bitsAllocated: 16, pixelRepresentation: 1 }),
  '8-bit RGB': describe8({ samplesPerPixel: 3 }),
} as const;

const LOSSLESS = [
  ['RLE', '1.2.840.10008.1.2.5', ['dcmcrle']],
  ['JPEG lossless SV1', '1.2.840.10008.1.2.4.70', ['dcmcjpeg', '+e1']],
  ['JPEG lossless predictor 4', '1.2.840.10008.1.2.4.57', ['dcmcjpeg', '+el', '+sv', '4']],
  ['JPEG lossless predictor 7', '1.2.840.10008.1.2.4.57', ['dcmcjpeg', '+el', '+sv', '7']],
  ['JPEG-LS', '1.2.840.10008.1.2.4.80', ['dcmcjpls']],
  ['JPEG-LS by line', '1.2.840.10008.1.2.4.80', ['dcmcjpls', '+il']],
] as const;

describe('lossless frames encoded by DCMTK are decoded exactly', () => {
  for (const [kind, pixels] of Object.entries(KINDS)) {
    for (const [name, syntax, encoder] of LOSSLESS) {
      it(`${name}, ${kind}`, async () => {
        const { encoded } = encodeWithDcmtk(pixels, syntheticFrame(pixels), [...encoder]);
        expect(encoded.transferSyntaxUid).toBe(syntax);
        const { samples, pixels: after } = await decodeFrame({
          bytes: encoded.frame,
          transferSyntaxUid: syntax,
          pixels: { ...pixels, planarConfiguration: encoded.planarConfiguration },
        });
        expect(Array.from(samples)).toEqual(syntheticValues(pixels));
        expect(after.planarConfiguration).toBe(0);
        expect(after.photometricInterpretation).toBe(pixels.photometricInterpretation);
      });
    }
  }
});

describe('lossy frames encoded by DCMTK', () => {
  it('near-lossless JPEG-LS gives what DCMTK decodes', async () => {
    const pixels = KINDS['12 bits in 16'];
    const { encoded, decoded } = encodeWithDcmtk(
      pixels,
      syntheticFrame(pixels),
      ['dcmcjpls', '+en', '+md', '3'],
      ['dcmdjpls'],
    );
    expect(encoded.transferSyntaxUid).toBe('1.2.840.10008.1.2.4.81');
    const { samples } = await decodeFrame({
      bytes: encoded.frame,
      transferSyntaxUid: '1.2.840.10008.1.2.4.81',
      pixels,
    });
    const theirs = new Uint16Array(decoded!.frame.buffer, 0, samples.length);
    expect(Array.from(samples)).toEqual(Array.from(theirs));
  });

  for (const [name, options] of [
    ['baseline grey', []],
    ['baseline YCbCr 4:4:4', ['+s4']],
    ['baseline YCbCr 4:2:2', ['+s2']],
    ['baseline YCbCr 4:2:0', ['+np']],
    ['baseline RGB without colour transform', ['+cr']],
  ] as const) {
    it(`${name} is within 2 levels of DCMTK's decoder`, async () => {
      const pixels = name.includes('grey') ? KINDS['8-bit grey'] : KINDS['8-bit RGB'];
      const { encoded, decoded } = encodeWithDcmtk(
        pixels,
        syntheticFrame(pixels),
        ['dcmcjpeg', '+eb', '+q', '90', ...options],
        ['dcmdjpeg', '+cp', '+px'],
      );
      expect(encoded.transferSyntaxUid).toBe('1.2.840.10008.1.2.4.50');
      const ours = await decodeFrame({
        bytes: encoded.frame,
        transferSyntaxUid: encoded.transferSyntaxUid,
        pixels: { ...pixels, photometricInterpretation: encoded.photometricInterpretation },
      });
      const theirs = toRaster({
        samples: decoded!.frame.subarray(0, ours.samples.length),
        pixels: { ...pixels, photometricInterpretation: decoded!.photometricInterpretation },
      }).data;
      expect(largestDifference(toRaster(ours).data, theirs)).toBeLessThanOrEqual(2);
      expect(ours.pixels.photometricInterpretation).toBe(pixels.photometricInterpretation);
    });
  }

  it('12-bit JPEG Extended is refused as unsupported, for the archive to transcode', async () => {
    const pixels = KINDS['12 bits in 16'];
    const { encoded } = encodeWithDcmtk(pixels, syntheticFrame(pixels), ['dcmcjpeg', '+ee']);
    expect(encoded.transferSyntaxUid).toBe('1.2.840.10008.1.2.4.51');
    await expect(
      decodeFrame({ bytes: encoded.frame, transferSyntaxUid: encoded.transferSyntaxUid, pixels }),
    ).rejects.toMatchObject({ code: 'SYNTAX_UNSUPPORTED' });
  });
});

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
