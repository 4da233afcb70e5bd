import type { PixelDescription } from '../../core/index.js';
import type { DecodedFrame, Samples } from './samples.js';

/**
 * Brings stored values to plain numbers: shifts by High Bit, clears the bits a value does not use (old files keep
 * overlays and noise there) and extends the sign.
 * @param samples unsigned, as many as the description says
 * @param valueBits bits that carry the value (at most Bits Stored)
 */
export function alignBits(
  samples: Uint8Array | Uint16Array | Uint32Array,
  pixels: PixelDescription,
  shift: number,
  valueBits: number = pixels.bitsStored,
): DecodedFrame {
  const containerBits = samples.BYTES_PER_ELEMENT * 8;
  const bits = Math.min(valueBits, containerBits);
  const signed = pixels.pixelRepresentation === 1;
  const aligned = signed ? signExtend(samples, bits, shift) : mask(samples, bits, shift);
  const bitsStored = Math.min(pixels.bitsStored, containerBits);
  return {
    samples: aligned,
    pixels: {
      ...pixels,
      planarConfiguration: 0,
      bitsAllocated: containerBits,
      bitsStored,
      highBit: bitsStored - 1,
    },
  };
}

function mask(samples: Uint8Array | Uint16Array | Uint32Array, bits: number, shift: number): Samples {
  if (shift === 0 && bits === samples.BYTES_PER_ELEMENT * 8) return samples;
  const used = bits === 32 ? 0xffffffff : 2 ** bits - 1;
  for (let i = 0; i < samples.length; i += 1) samples[i] = (samples[i]! >>> shift) & used;
  return samples;
}

function signExtend(samples: Uint8Array | Uint16Array | Uint32Array, bits: number, shift: number): Samples {
  const spare = 32 - bits;
  const { buffer, byteOffset, length } = samples;
  const out =
    samples instanceof Uint8Array
      ? new Int8Array(buffer, byteOffset, length)
      : samples instanceof Uint16Array
        ? new Int16Array(buffer, byteOffset, length)
        : new Int32Array(buffer, byteOffset, length);
  for (let i = 0; i < length; i += 1) out[i] = ((samples[i]! >>> shift) << spare) >> spare;
  return out;
}
