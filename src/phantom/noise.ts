/** Smooth noise over the plane, 0–1. */
export type Noise = (x: number, y: number) => number;

/** Hash of a lattice point to [0, 1). */
export function latticeValue(seed: number, x: number, y: number): number {
  let h = seed ^ Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Value noise with one feature per unit length. */
function valueNoise(seed: number): Noise {
  return (x, y) => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const u = (x - x0) ** 2 * (3 - 2 * (x - x0));
    const v = (y - y0) ** 2 * (3 - 2 * (y - y0));
    const top = latticeValue(seed, x0, y0) * (1 - u) + latticeValue(seed, x0 + 1, y0) * u;
    const bottom = latticeValue(seed, x0, y0 + 1) * (1 - u) + latticeValue(seed, x0 + 1, y0 + 1) * u;
    return top * (1 - v) + bottom * v;
  };
}

/** Four octaves of value noise: cloudy texture, mean 0.5. */
export function cloudNoise(seed: number): Noise {
  const octaves = [0, 1, 2, 3].map((octave) => valueNoise(seed + octave * 7919));
  return (x, y) =>
    octaves.reduce((sum, noise, octave) => sum + noise(x * 2 ** octave, y * 2 ** octave) / 2 ** octave, 0) /
    1.875;
}
