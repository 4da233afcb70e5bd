import { wordsOf } from '../shared/words.js';

/**
 * Packs masks (one byte a pixel, 0 or 1, all of one size) into bits as PS3.5 §8.1.1 says: continuously over all
 * frames, the first pixel in the least significant bit.
 * @param packed zeros, `packedLength` of them
 */
export function packBits(frames: Iterable<Uint8Array>, packed: Uint8Array): void {
  let offset = 0;
  for (const frame of frames) {
    packFrame(frame, packed, offset);
    offset += frame.length;
  }
}

const BITS_OF_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => {
  let bits = 0;
  for (let rest = byte; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
});

/** How many pixels of packed masks are foreground. */
export const countBits = (packed: Uint8Array): number =>
  packed.reduce((sum, byte) => sum + BITS_OF_BYTE[byte]!, 0);

/** Bytes that so many 1-bit pixels take, padded to an even number. */
export function packedLength(pixels: number): number {
  const bytes = Math.ceil(pixels / 8);
  return bytes + (bytes % 2);
}

// Times a word of four bytes 0 or 1, this brings their bits together in the four highest bits, the first one lowest
// (bytes of a word count from its least significant one on every platform that Node runs on).
const GATHER = 0x10204080;

function packFrame(frame: Uint8Array, packed: Uint8Array, bitOffset: number): void {
  const words = wordsOf(frame);
  const shift = bitOffset % 8;
  let out = (bitOffset - shift) / 8;
  for (let i = 0; i + 1 < words.length; i += 2) {
    const low = words[i]!;
    const high = words[i + 1]!;
    if ((low | high) !== 0) {
      const byte = (Math.imul(low, GATHER) >>> 28) | ((Math.imul(high, GATHER) >>> 28) << 4);
      packed[out]! |= byte << shift;
      if (shift > 0) packed[out + 1]! |= byte >> (8 - shift);
    }
    out += 1;
  }
  for (let i = frame.length - (frame.length % 8); i < frame.length; i += 1) {
    const bit = bitOffset + i;
    packed[Math.floor(bit / 8)]! |= frame[i]! << (bit % 8);
  }
}
