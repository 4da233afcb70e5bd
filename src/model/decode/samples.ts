import type { PixelDescription } from '../../core/index.js';

/** Sample values of one frame: colour by pixel, row by row; the array's type tells width and sign. */
export type Samples = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;

/** A decoded frame, and its description as it is after decoding (colour by pixel, bits right-aligned). */
export interface DecodedFrame {
  readonly samples: Samples;
  readonly pixels: PixelDescription;
  /** What was contradictory in the frame and how it was read, for whoever is told of the result. */
  readonly notes?: readonly string[] | undefined;
}

/** Number of sample values a frame holds. */
export function sampleCount(pixels: PixelDescription): number {
  return pixels.rows * pixels.columns * pixels.samplesPerPixel;
}

/** An unsigned array for values of so many bytes. */
export function unsignedSamples(bytes: number, count: number): Uint8Array | Uint16Array | Uint32Array {
  if (bytes === 1) return new Uint8Array(count);
  return bytes === 2 ? new Uint16Array(count) : new Uint32Array(count);
}
