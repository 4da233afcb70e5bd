import type { PixelDescription } from '../../core/index.js';
import type { Samples } from '../decode/samples.js';
import { modalityTransform } from './modality-transform.js';
import { voiTransform } from './voi-transform.js';

/** Renders MONOCHROME1 and MONOCHROME2 (PS3.3 C.11) as RGB with three equal values; padding becomes black. */
export function greyToRgb(samples: Samples, pixels: PixelDescription): Uint8Array {
  const padding = pixels.padding;
  const isPadding = (stored: number): boolean =>
    padding !== undefined && stored >= padding.from && stored <= padding.to;
  const rescale = modalityTransform(pixels);
  const show = voiTransform(pixels, () => rangeOf(samples, isPadding, rescale));
  // INVERSE is how newer SOP classes say MONOCHROME1; it comes with it and does not undo it.
  const inverted = pixels.photometricInterpretation === 'MONOCHROME1' || pixels.inverse === true;
  const display = (stored: number): number => {
    if (isPadding(stored)) return 0;
    const level = show(rescale(stored));
    return inverted ? 255 - level : level;
  };
  return samples.BYTES_PER_ELEMENT <= 2 ? throughTable(samples, display) : oneByOne(samples, display);
}

/** Smallest and largest rescaled value that is no padding. */
function rangeOf(
  samples: Samples,
  isPadding: (stored: number) => boolean,
  rescale: (stored: number) => number,
): { readonly min: number; readonly max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (const stored of seenValues(samples)) {
    if (isPadding(stored)) continue;
    const value = rescale(stored);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

/** Each stored value once, so that the transformations are not run for every pixel. */
function seenValues(samples: Samples): Iterable<number> {
  if (samples.BYTES_PER_ELEMENT > 2) return samples;
  const seen = new Uint8Array(65_536);
  for (let i = 0; i < samples.length; i += 1) seen[samples[i]! & 0xffff] = 1;
  const signed = samples instanceof Int8Array || samples instanceof Int16Array;
  const values: number[] = [];
  for (let i = 0; i < seen.length; i += 1) if (seen[i] === 1) values.push(signed ? (i << 16) >> 16 : i);
  return values;
}

function throughTable(samples: Samples, display: (stored: number) => number): Uint8Array {
  const table = new Uint8Array(65_536);
  for (const value of seenValues(samples)) table[value & 0xffff] = display(value);
  const out = new Uint8Array(samples.length * 3);
  for (let i = 0, to = 0; i < samples.length; i += 1, to += 3) {
    const level = table[samples[i]! & 0xffff]!;
    out[to] = level;
    out[to + 1] = level;
    out[to + 2] = level;
  }
  return out;
}

function oneByOne(samples: Samples, display: (stored: number) => number): Uint8Array {
  const out = new Uint8Array(samples.length * 3);
  for (let i = 0; i < samples.length; i += 1) out.fill(display(samples[i]!), 3 * i, 3 * i + 3);
  return out;
}
