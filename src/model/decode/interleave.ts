import { unsignedSamples } from './samples.js';

/** Turns colour by plane into colour by pixel. */
export function interleave(
  planes: Uint8Array | Uint16Array | Uint32Array,
  samplesPerPixel: number,
): Uint8Array | Uint16Array | Uint32Array {
  if (samplesPerPixel === 1) return planes;
  const size = planes.length / samplesPerPixel;
  const out = unsignedSamples(planes.BYTES_PER_ELEMENT, planes.length);
  for (let plane = 0; plane < samplesPerPixel; plane += 1) {
    for (let i = 0, from = plane * size, to = plane; i < size; i += 1, to += samplesPerPixel) {
      out[to] = planes[from + i]!;
    }
  }
  return out;
}
