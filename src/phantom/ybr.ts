import type { Rgb } from './draw/scene.js';

/** RGB → Y, Cb, Cr of full range, 0–255 (PS3.3 C.7.6.3.1.2). */
export function toYbr([red, green, blue]: Rgb): Rgb {
  return [
    0.299 * red + 0.587 * green + 0.114 * blue,
    -0.1687 * red - 0.3313 * green + 0.5 * blue + 128,
    0.5 * red - 0.4187 * green - 0.0813 * blue + 128,
  ];
}

/** Y, Cb, Cr of full range → RGB, not rounded. */
export function fromYbr([y, cb, cr]: Rgb): Rgb {
  return [y + 1.402 * (cr - 128), y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128), y + 1.772 * (cb - 128)];
}
