import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import pngjs from 'pngjs';

/** Dice overlap 0–1 of two binary masks of one size; two empty masks agree fully. */
export function dice(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) {
    both += a[index]! & b[index]!;
    sum += a[index]! + b[index]!;
  }
  return sum === 0 ? 1 : (2 * both) / sum;
}

/** A reference mask `<key>.png` (grey, 0 = background) as 0/1 bytes; undefined when there is none. */
export function referenceMask(
  dir: string,
  key: string,
): { rows: number; columns: number; data: Uint8Array } | undefined {
  const path = join(dir, `${key}.png`);
  if (!existsSync(path)) return undefined;
  const png = pngjs.PNG.sync.read(readFileSync(path));
  const data = new Uint8Array(png.width * png.height);
  for (let index = 0; index < data.length; index += 1) data[index] = png.data[index * 4]! > 127 ? 1 : 0;
  return { rows: png.height, columns: png.width, data };
}
