import type { Raster } from '../core/index.js';
import type { PixelForm } from './kinds.js';

/** Turns drawn frames into the bytes of PixelData, frame after frame. */
export function storePixels(rasters: readonly Raster[], form: PixelForm): Uint8Array {
  return Buffer.concat(rasters.map((raster) => storeFrame(raster, form)));
}

function storeFrame(raster: Raster, form: PixelForm): Uint8Array {
  if (form === 'rgb8') return raster.data;
  // Grey scenes have the same value in all three parts; the first one stands for it.
  const grey = Uint8Array.from({ length: raster.width * raster.height }, (_, i) => raster.data[i * 3]!);
  if (form === 'grey8') return grey;
  const words = Buffer.alloc(grey.length * 2);
  grey.forEach((value, i) => {
    if (form === 'grey12') words.writeUInt16LE(value * 16 + (value >> 4), i * 2);
    else words.writeInt16LE(value * 6 - 900, i * 2);
  });
  return words;
}
