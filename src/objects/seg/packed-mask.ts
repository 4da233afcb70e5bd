import type { Mask } from '../../core/index.js';
import { packBits, packedLength } from './pack-bits.js';

/** A mask in an eighth of its memory, for a unit of many frames that all wait for the last one. */
export interface PackedMask {
  readonly rows: number;
  readonly columns: number;
  /** One bit a pixel as `packBits` writes them. */
  readonly bits: Uint8Array;
}

/** A mask packed to bits; one that is packed already as it is. */
export function packMask(mask: Mask | PackedMask): PackedMask {
  if ('bits' in mask) return mask;
  const { rows, columns, data } = mask;
  const bits = new Uint8Array(packedLength(data.length));
  packBits([data], bits);
  return { rows, columns, bits };
}

/** A mask with one byte a pixel, made of a packed one; any other as it is. */
export function unpackMask(mask: Mask | PackedMask): Mask {
  if ('data' in mask) return mask;
  const { rows, columns, bits } = mask;
  const data = new Uint8Array(rows * columns);
  for (let byte = 0; byte < bits.length; byte += 1) {
    const value = bits[byte]!;
    // Most of a picture is background.
    if (value === 0) continue;
    const end = Math.min(8, data.length - byte * 8);
    for (let bit = 0; bit < end; bit += 1) data[byte * 8 + bit] = (value >> bit) & 1;
  }
  return { rows, columns, data };
}
