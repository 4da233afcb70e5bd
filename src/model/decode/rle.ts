import { AppError, type PixelDescription } from '../../core/index.js';
import { alignBits } from './align-bits.js';
import { sampleCount, unsignedSamples, type DecodedFrame } from './samples.js';

const HEADER_BYTES = 64;

/**
 * Decodes RLE Lossless (PS3.5 Annex G): one segment for each byte of each sample, most significant byte first.
 * Written here because the usual package loops for ever on damaged segments and mixes up 16-bit colour.
 */
export function decodeRle(bytes: Uint8Array, pixels: PixelDescription): DecodedFrame {
  const bytesPerSample = pixels.bitsAllocated / 8;
  const segments = readSegments(bytes, pixels.samplesPerPixel * bytesPerSample);
  const samples = unsignedSamples(bytesPerSample, sampleCount(pixels));
  const size = pixels.rows * pixels.columns;
  const plane = new Uint8Array(size);
  segments.forEach((segment, index) => {
    unpack(segment, plane);
    const component = Math.floor(index / bytesPerSample);
    const shift = 8 * (bytesPerSample - 1 - (index % bytesPerSample));
    for (let i = 0, to = component; i < size; i += 1, to += pixels.samplesPerPixel) {
      samples[to] = samples[to]! | (plane[i]! << shift);
    }
  });
  return alignBits(samples, pixels, pixels.highBit + 1 - pixels.bitsStored);
}

function readSegments(bytes: Uint8Array, wanted: number): readonly Uint8Array[] {
  if (bytes.length < HEADER_BYTES) throw damaged('has no header');
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  if (header.getUint32(0, true) !== wanted)
    throw damaged(`does not have the ${wanted} segments its header asks for`);
  const offsets = Array.from({ length: wanted }, (_, i) => header.getUint32(4 * (i + 1), true));
  return offsets.map((offset, i) => {
    const end = offsets[i + 1] ?? bytes.length;
    if (offset < HEADER_BYTES || offset >= end || end > bytes.length)
      throw damaged('has a segment out of bounds');
    return bytes.subarray(offset, end);
  });
}

/** PackBits: fills `out` exactly, or throws. */
function unpack(segment: Uint8Array, out: Uint8Array): void {
  let from = 0;
  let to = 0;
  while (to < out.length) {
    if (from >= segment.length) throw damaged('has a segment that ends early');
    const control = segment[from]!;
    from += 1;
    if (control < 128) {
      const count = Math.min(control + 1, out.length - to);
      if (from + count > segment.length) throw damaged('has a segment that ends early');
      out.set(segment.subarray(from, from + count), to);
      from += control + 1;
      to += count;
    } else if (control > 128) {
      if (from >= segment.length) throw damaged('has a segment that ends early');
      const count = Math.min(257 - control, out.length - to);
      out.fill(segment[from]!, to, to + count);
      from += 1;
      to += count;
    }
  }
}

function damaged(what: string): AppError {
  return new AppError('PIXELS_INVALID', `RLE frame ${what}`);
}
