import { createHash } from 'node:crypto';
import type { Raster } from '../../core/index.js';

/**
 * What a mask is computed from, as one number: the same pixels under another window, palette or region give another one,
 * and the same picture through another lossless transfer syntax gives the same.
 * @returns SHA-256, hexadecimal
 */
export function pictureSha256({ width, height, region, data }: Raster): string {
  const shape = JSON.stringify([
    width,
    height,
    region ? [region.top, region.left, region.height, region.width] : null,
  ]);
  return createHash('sha256').update(shape).update(data).digest('hex');
}
