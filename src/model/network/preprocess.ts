import type { Raster } from '../../core/index.js';
import type { ModelInput } from './manifest-schema.js';
import { resizeToSquare } from './resize.js';

/** Changes whenever the same picture would give the model other numbers; part of a result's identity. */
export const PREPROCESSING_VERSION = '1';

/**
 * Makes the model's input of a picture.
 * @returns `[3, size, size]`: planes R, G, B of `(value - mean) / std`
 */
export function preprocess(raster: Raster, { size, normalisation }: ModelInput): Float32Array {
  const resized = resizeToSquare(raster, size);
  const plane = size * size;
  const out = new Float32Array(3 * plane);
  const [red, green, blue] = normalisation.mean;
  const [redStd, greenStd, blueStd] = normalisation.std;
  for (let i = 0, from = 0; i < plane; i += 1, from += 3) {
    out[i] = (resized[from]! - red) / redStd;
    out[plane + i] = (resized[from + 1]! - green) / greenStd;
    out[2 * plane + i] = (resized[from + 2]! - blue) / blueStd;
  }
  return out;
}
