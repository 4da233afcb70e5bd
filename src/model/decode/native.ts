import { AppError, type PixelDescription } from '../../core/index.js';
import { alignBits } from './align-bits.js';
import { readSamples } from './byte-order.js';
import { interleave } from './interleave.js';
import { sampleCount, type DecodedFrame } from './samples.js';

/** Reads an uncompressed frame (PS3.5 §8.1). Bytes follow the order of the transfer syntax named. */
export function decodeNative(
  bytes: Uint8Array,
  pixels: PixelDescription,
  littleEndian: boolean,
): DecodedFrame {
  const bytesPerSample = pixels.bitsAllocated / 8;
  const full = sampleCount(pixels) * bytesPerSample;
  if (!littleEndian && bytesPerSample === 1) {
    // As OW every two pixels are swapped, as OB they are not, and a frame does not tell its VR.
    throw new AppError(
      'SYNTAX_UNSUPPORTED',
      'Byte order of 8-bit big endian pixels is not told; ask for little endian',
    );
  }
  if (isSubsampled(bytes.length, full, pixels)) return decode422(bytes, pixels);
  // A frame of odd length may carry one byte of padding.
  if (bytes.length !== full && !(full % 2 === 1 && bytes.length === full + 1)) {
    throw new AppError('PIXELS_INVALID', `Frame has ${bytes.length} bytes where its header asks for ${full}`);
  }
  const stored = readSamples(bytes.subarray(0, full), bytesPerSample, littleEndian);
  const samples = pixels.planarConfiguration === 1 ? interleave(stored, pixels.samplesPerPixel) : stored;
  // Nothing was left out of chroma, whatever the name says.
  const photometric = pixels.photometricInterpretation;
  return alignBits(
    samples,
    { ...pixels, photometricInterpretation: photometric === 'YBR_FULL_422' ? 'YBR_FULL' : photometric },
    pixels.highBit + 1 - pixels.bitsStored,
  );
}

function isSubsampled(length: number, full: number, pixels: PixelDescription): boolean {
  return (
    pixels.photometricInterpretation === 'YBR_FULL_422' &&
    pixels.samplesPerPixel === 3 &&
    pixels.bitsAllocated === 8 &&
    length < full &&
    length === pixels.rows * pixels.columns * 2
  );
}

/** Y1 Y2 Cb Cr for every two pixels of a row (PS3.3 C.7.6.3.1.2) → YBR_FULL. */
function decode422(bytes: Uint8Array, pixels: PixelDescription): DecodedFrame {
  if (pixels.columns % 2 === 1) {
    throw new AppError('PIXELS_UNSUPPORTED', 'YBR_FULL_422 with an odd number of Columns');
  }
  const samples = new Uint8Array(sampleCount(pixels));
  for (let from = 0, to = 0; from < bytes.length; from += 4, to += 6) {
    samples[to] = bytes[from]!;
    samples[to + 3] = bytes[from + 1]!;
    samples[to + 1] = samples[to + 4] = bytes[from + 2]!;
    samples[to + 2] = samples[to + 5] = bytes[from + 3]!;
  }
  return { samples, pixels: { ...pixels, planarConfiguration: 0, photometricInterpretation: 'YBR_FULL' } };
}
