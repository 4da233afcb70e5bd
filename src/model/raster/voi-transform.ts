import type { PixelDescription } from '../../core/index.js';
import { lookUp } from './look-up.js';

/**
 * Modality value → grey level 0–255, by VOI LUT, window, or the whole range of values where the image has neither.
 * 8-bit images without any transformation are shown as they are.
 * @param range smallest and largest modality value; only asked for when needed
 */
export function voiTransform(
  pixels: PixelDescription,
  range: () => { readonly min: number; readonly max: number },
): (value: number) => number {
  const { voiLut, window } = pixels;
  if (voiLut !== undefined) {
    const scale = 255 / (2 ** voiLut.bits - 1);
    return (value) => toByte(lookUp(voiLut, value) * scale);
  }
  if (window !== undefined) return windowTransform(window);
  if (isPlainByte(pixels)) return toByte;
  const { min, max } = range();
  // All pixels equal or all padding: nothing to see.
  if (!(max > min)) return () => 0;
  return (value) => toByte(((value - min) / (max - min)) * 255);
}

function isPlainByte(pixels: PixelDescription): boolean {
  return (
    pixels.bitsStored === 8 &&
    pixels.pixelRepresentation === 0 &&
    pixels.modalityLut === undefined &&
    (pixels.rescaleSlope ?? 1) === 1 &&
    (pixels.rescaleIntercept ?? 0) === 0
  );
}

/** PS3.3 C.11.2.1.2 and C.11.2.1.3, to the output range 0–255. */
function windowTransform({
  center,
  width,
  shape,
}: NonNullable<PixelDescription['window']>): (value: number) => number {
  switch (shape) {
    case 'SIGMOID':
      return (value) => toByte(255 / (1 + Math.exp((-4 * (value - center)) / width)));
    case 'LINEAR_EXACT':
      return (value) => toByte(((value - center) / width + 0.5) * 255);
    case 'LINEAR':
      // A width of 1 is a threshold.
      if (width <= 1) return (value) => (value > center - 0.5 ? 255 : 0);
      return (value) => toByte(((value - (center - 0.5)) / (width - 1) + 0.5) * 255);
  }
}

function toByte(level: number): number {
  return Math.min(255, Math.max(0, Math.round(level)));
}
