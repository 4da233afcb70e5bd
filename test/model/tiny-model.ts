import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHANNELS } from '../support/channels.js';
import type { Manifest } from '../../src/model/network/manifest-schema.js';
import { tinyDetector, tinySegmenter } from '../../src/faults/tiny-onnx.js';

const PLAIN = { mean: [127.5, 127.5, 127.5], std: [25, 25, 25] } as const;

/**
 * Writes a small model with its manifest into a new folder and returns the manifest's path.
 * @param options.roomFor pictures of a batch that memory suffices for; any number when left out
 */
export function writeTinyModel(
  options: { detector?: boolean; roomFor?: number; change?: (manifest: Manifest) => unknown } = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'esp-model-'));
  const file = (name: string, content: Buffer) => {
    writeFileSync(join(folder, name), content);
    return { file: name, sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length };
  };
  const normalisation = { mean: [...PLAIN.mean], std: [...PLAIN.std] } as Manifest['input']['normalisation'];
  const manifest: Manifest = {
    schemaVersion: 1,
    name: 'ESP-MedSAM',
    version: '0.0.1',
    ...file('tiny.onnx', tinySegmenter(32, options.roomFor)),
    precision: 'fp32',
    opset: 17,
    input: { size: 32, normalisation },
    channels: CHANNELS.map((name, index) => ({ name, index, threshold: 0.5, tiles: 1, views: 1 })),
    training: { note: 'made by a test' },
  };
  if (options.detector === true) {
    manifest.detector = {
      ...file('detector.onnx', tinyDetector(16)),
      input: { size: 16, normalisation },
      classes: [...CHANNELS, 'none'],
      threshold: 0.9,
    };
  }
  const path = join(folder, 'manifest.json');
  writeFileSync(path, JSON.stringify(options.change?.(manifest) ?? manifest));
  return path;
}
