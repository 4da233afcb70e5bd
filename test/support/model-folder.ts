import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Manifest } from '../../src/model/network/manifest-schema.js';
import { writeTinyModel } from '../model/tiny-model.js';
import { tinySegmenter } from '../../src/faults/tiny-onnx.js';

/** A `model.directory` with three models and a file that is none. */
export interface ModelFolder {
  readonly dir: string;
  /** Manifest of the configured model; its masks are what is brighter than 60. */
  readonly standard: string;
  /** Manifest of a model with other weights; its masks are what is brighter than 100, so smaller ones. */
  readonly other: string;
  /** Changes a byte of a model, so that it does not load any more. */
  damage(manifest: string): void;
  /** Takes the damage back. */
  restore(manifest: string): void;
  close(): void;
}

/** Names of the folders below `dir`: `standard`, `other`, `broken` (damaged), `nonsense` (no manifest). */
export function writeModelFolder(): ModelFolder {
  const dir = mkdtempSync(join(tmpdir(), 'esp-models-'));
  const damage = (manifest: string) => flip(join(dirname(manifest), 'tiny.onnx'));
  const folder: ModelFolder = {
    dir,
    standard: write(join(dir, 'standard'), '1.0.0', 32, 60),
    other: write(join(dir, 'other'), '2.0.0', 64, 100),
    damage,
    restore: damage,
    close: () => rmSync(dir, { recursive: true, force: true }),
  };
  folder.damage(write(join(dir, 'broken'), '3.0.0', 96, 60));
  mkdirSync(join(dir, 'nonsense'));
  writeFileSync(join(dir, 'nonsense/manifest.json'), '{"name":"nothing"}');
  return folder;
}

/** A model whose mask is what is brighter than `bright`, whatever the channel. */
function write(folder: string, version: string, size: number, bright: number): string {
  const weights = tinySegmenter(size);
  const written = writeTinyModel({
    change: (manifest): Manifest => ({
      ...manifest,
      version,
      sha256: createHash('sha256').update(weights).digest('hex'),
      bytes: weights.length,
      input: { size, normalisation: { ...manifest.input.normalisation, mean: [bright, bright, bright] } },
      channels: manifest.channels.map((channel) => ({ ...channel, index: 0 })),
    }),
  });
  writeFileSync(join(dirname(written), 'tiny.onnx'), weights);
  cpSync(dirname(written), folder, { recursive: true });
  rmSync(dirname(written), { recursive: true });
  return join(folder, 'manifest.json');
}

function flip(path: string): void {
  const content = readFileSync(path);
  content[content.length - 1]! ^= 1;
  writeFileSync(path, content);
}
