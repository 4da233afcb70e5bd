import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mask, Raster } from '../core/index.js';
import { tinySegmenter } from './tiny-onnx.js';

/** Grey level above which a pixel is foreground. */
const BRIGHT = 110;
/** The network sees 32 × 32 pixels and answers for 4 × 4 of them at a time. */
const INPUT = 32;
const CELLS = INPUT / 4;
const CHANNELS = ['dermoscopy', 'xray', 'ultrasound', 'fundus', 'microscopy', 'colonoscopy'];

/**
 * Writes a model whose mask is what is brighter than `BRIGHT`, whatever the channel: what a fault run proves is the way
 * of a study, not a network's training.
 * @returns path of its manifest
 */
export function writeBrightModel(dir: string): string {
  mkdirSync(dir, { recursive: true });
  const weights = tinySegmenter(INPUT);
  writeFileSync(join(dir, 'bright.onnx'), weights);
  const manifest = {
    schemaVersion: 1,
    name: 'ESP-MedSAM',
    version: '0.0.1',
    file: 'bright.onnx',
    sha256: createHash('sha256').update(weights).digest('hex'),
    bytes: weights.length,
    precision: 'fp32',
    opset: 17,
    input: { size: INPUT, normalisation: { mean: [BRIGHT, BRIGHT, BRIGHT], std: [25, 25, 25] } },
    channels: CHANNELS.map((name) => ({ name, index: 0, threshold: 0.5, tiles: 1, views: 1 })),
    training: { note: 'written for a fault run' },
  };
  const path = join(dir, 'manifest.json');
  writeFileSync(path, JSON.stringify(manifest));
  return path;
}

/**
 * What the model should find in a picture, worked out apart from it: where the grey level between the means of its cells is
 * bright. 0 or 1 a pixel.
 */
export function brightMask({ width, height, data }: Raster): Mask['data'] {
  const channels = data.length / (width * height);
  const sums = new Float64Array(CELLS * CELLS);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const cell = Math.floor((y * CELLS) / height) * CELLS + Math.floor((x * CELLS) / width);
      for (let channel = 0; channel < channels; channel += 1) {
        sums[cell]! += data[(y * width + x) * channels + channel]!;
      }
    }
  }
  const values = (width * height * channels) / sums.length;
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const down = between(y, height);
    for (let x = 0; x < width; x += 1) {
      const right = between(x, width);
      const row = (cell: number) =>
        sums[cell * CELLS + right.first]! * (1 - right.share) +
        sums[cell * CELLS + right.second]! * right.share;
      const grey = (row(down.first) * (1 - down.share) + row(down.second) * down.share) / values;
      mask[y * width + x] = grey > BRIGHT ? 1 : 0;
    }
  }
  return mask;
}

/** The two cells between whose centres a pixel lies, and how near it is to the second. */
function between(pixel: number, pixels: number): { first: number; second: number; share: number } {
  const at = Math.min(CELLS - 1, Math.max(0, ((pixel + 0.5) * CELLS) / pixels - 0.5));
  const first = Math.floor(at);
  return { first, second: Math.min(CELLS - 1, first + 1), share: at - first };
}
