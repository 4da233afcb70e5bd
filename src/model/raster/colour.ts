import { AppError, type PixelDescription } from '../../core/index.js';
import type { Samples } from '../decode/samples.js';

/** Renders RGB and YBR_FULL; more than 8 bits are scaled by Bits Stored. */
export function colourToRgb(samples: Samples, pixels: PixelDescription): Uint8Array {
  if (pixels.pixelRepresentation !== 0) {
    throw new AppError('PIXELS_INVALID', 'PixelRepresentation of colour is signed');
  }
  const bytes = toBytes(samples, pixels.bitsStored);
  return pixels.photometricInterpretation === 'RGB' ? bytes : fromYbr(bytes);
}

function toBytes(samples: Samples, bitsStored: number): Uint8Array {
  if (samples instanceof Uint8Array && bitsStored === 8) return samples;
  const out = new Uint8Array(samples.length);
  const scale = 255 / (2 ** bitsStored - 1);
  for (let i = 0; i < samples.length; i += 1) out[i] = Math.round(samples[i]! * scale);
  return out;
}

/** PS3.3 C.7.6.3.1.2, YBR_FULL, solved for R, G and B. */
function fromYbr(ybr: Uint8Array): Uint8Array {
  const rgb = new Uint8ClampedArray(ybr.length);
  for (let i = 0; i < ybr.length; i += 3) {
    const y = ybr[i]!;
    const cb = ybr[i + 1]! - 128;
    const cr = ybr[i + 2]! - 128;
    rgb[i] = y + 1.402 * cr;
    rgb[i + 1] = y - 0.344136 * cb - 0.714136 * cr;
    rgb[i + 2] = y + 1.772 * cb;
  }
  return new Uint8Array(rgb.buffer);
}
