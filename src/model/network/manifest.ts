import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../core/index.js';
import { manifestSchema, type Manifest } from './manifest-schema.js';

/** A manifest whose files are there and are the ones it names. */
export interface LoadedManifest {
  readonly manifest: Manifest;
  readonly modelPath: string;
  /** Of the graph that multiplies in 8 bits. */
  readonly int8Path: string | undefined;
  readonly detectorPath: string | undefined;
}

/**
 * Reads a manifest and checks size and SHA-256 of each file it names.
 * @throws AppError `MODEL_INVALID` saying what is wrong and what to do
 */
export async function loadManifest(path: string): Promise<LoadedManifest> {
  const manifest = await readManifest(path);
  const folder = dirname(path);
  await verifyFile(folder, manifest);
  for (const beside of [manifest.int8, manifest.detector]) if (beside) await verifyFile(folder, beside);
  return {
    manifest,
    modelPath: join(folder, manifest.file),
    int8Path: manifest.int8 && join(folder, manifest.int8.file),
    detectorPath: manifest.detector && join(folder, manifest.detector.file),
  };
}

/** Reads and validates the manifest alone. */
async function readManifest(path: string): Promise<Manifest> {
  let raw: unknown;
  try {
    raw = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const what = cause instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new AppError(
      'MODEL_INVALID',
      `Model manifest ${path} ${what}. Set the manifest's path or restore it.`,
      {
        cause,
      },
    );
  }
  const result = manifestSchema.safeParse(raw);
  if (result.success) return result.data;
  throw new AppError('MODEL_INVALID', `Model manifest ${path}: ${z.prettifyError(result.error)}`);
}

async function verifyFile(
  folder: string,
  expected: { readonly file: string; readonly bytes: number; readonly sha256: string },
): Promise<void> {
  const path = join(folder, expected.file);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    throw new AppError('MODEL_INVALID', `Model file ${path} is missing. Put it beside the manifest.`);
  }
  if (found.size !== expected.bytes) {
    const what = `${found.size} bytes where the manifest says ${expected.bytes}`;
    throw new AppError('MODEL_INVALID', `Model file ${path} has ${what}. ${advice(expected.file)}`);
  }
  if ((await sha256Of(path)) !== expected.sha256) {
    throw new AppError(
      'MODEL_INVALID',
      `Model file ${path} has another SHA-256 than its manifest. ${advice(expected.file)}`,
    );
  }
}

function advice(file: string): string {
  return `Copy ${basename(file)} again, or export the model and its manifest together.`;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
