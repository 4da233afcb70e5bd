import type { PixelDescription } from '../../src/core/index.js';

/** A description with everything as in a plain 8-bit grey image, save what is given. */
export function describe8(over: Partial<PixelDescription> = {}): PixelDescription {
  const bitsAllocated = over.bitsAllocated ?? 8;
  const bitsStored = over.bitsStored ?? bitsAllocated;
  return {
    rows: 37,
    columns: 52,
    samplesPerPixel: 1,
    photometricInterpretation: (over.samplesPerPixel ?? 1) === 3 ? 'RGB' : 'MONOCHROME2',
    planarConfiguration: 0,
    bitsAllocated,
    bitsStored,
    highBit: bitsStored - 1,
    pixelRepresentation: 0,
    ...over,
  };
}

/** Smooth values with some structure over the full range of the bits stored; by pixel, little endian. */
export function syntheticFrame(pixels: PixelDescription): Uint8Array {
  const values = syntheticValues(pixels);
  const bytes = pixels.bitsAllocated / 8;
  const out = Buffer.alloc(values.length * bytes);
  values.forEach((value, i) => {
    const raw = value < 0 ? value + 2 ** pixels.bitsAllocated : value;
    out.writeUIntLE(raw, i * bytes, bytes);
  });
  return Uint8Array.from(out);
}

/** The values of `syntheticFrame`. */
export function syntheticValues(pixels: PixelDescription): number[] {
  const top = 2 ** pixels.bitsStored - 1;
  const offset = pixels.pixelRepresentation === 1 ? -(2 ** (pixels.bitsStored - 1)) : 0;
  const values: number[] = [];
  for (let y = 0; y < pixels.rows; y += 1) {
    for (let x = 0; x < pixels.columns; x += 1) {
      for (let c = 0; c < pixels.samplesPerPixel; c += 1) {
        const wave = 0.5 + 0.5 * Math.sin(x / 9 + c) * Math.cos(y / 7 - c);
        values.push(Math.round(wave * top) + offset);
      }
    }
  }
  return values;
}
