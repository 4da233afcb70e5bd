import type { PixelDescription } from '../../core/index.js';
import { lookUp } from './look-up.js';

/** Stored value → modality value, by Modality LUT or Rescale Slope and Intercept (PS3.3 C.11.1). */
export function modalityTransform(pixels: PixelDescription): (stored: number) => number {
  const { modalityLut } = pixels;
  if (modalityLut !== undefined) return (stored) => lookUp(modalityLut, stored);
  const slope = pixels.rescaleSlope ?? 1;
  const intercept = pixels.rescaleIntercept ?? 0;
  return (stored) => stored * slope + intercept;
}
