import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../config/index.js';
import { type Channel, channelName } from '../core/index.js';

// What is shown of a manifest. The whole of it is checked where it is used: src/model/network/manifest-schema.ts.
const summary = z.looseObject({
  name: z.string().min(1).max(64),
  version: z.string().min(1).max(32),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(1),
  channels: z.array(z.looseObject({ name: channelName })).min(1),
  detector: z.looseObject({ bytes: z.int().min(1) }).optional(),
  training: z.unknown(),
});

/** A model that lies ready on this machine. */
export interface CatalogueModel {
  /** `<version>-<first 12 digits of a hash>`: same on every machine, another for anything that changes results. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** Of the weights, as SEGs name it. */
  readonly sha256: string;
  /** Bytes of its files together. */
  readonly size: number;
  readonly channels: readonly Channel[];
  readonly hasDetector: boolean;
  /** Absolute. */
  readonly manifestPath: string;
  /** The same for people: below the model directory where it is there. */
  readonly shownPath: string;
}

/** Every model of `model.directory` and the configured one. */
export interface Catalogue {
  /** The configured model; undefined when its manifest cannot be read. */
  readonly standard: CatalogueModel | undefined;
  readonly models: readonly CatalogueModel[];
  /** Manifests that are none. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

const MANIFEST = 'manifest.json';
const DEPTH = 3;
const MAX_MANIFESTS = 200;

/** Reads the manifests, not the models: quick, and says nothing of whether a model is whole. */
export async function readCatalogue(settings: Settings['model']): Promise<Catalogue> {
  const found = await manifestsBelow(settings.directory, DEPTH);
  const paths = [...new Set([settings.manifest, ...found])].slice(0, MAX_MANIFESTS);
  const models = new Map<string, CatalogueModel>();
  const unreadable: { path: string; reason: string }[] = [];
  let standard: CatalogueModel | undefined;
  for (const path of paths) {
    const read = await readModel(path, settings);
    if ('reason' in read) {
      unreadable.push(read);
      continue;
    }
    if (path === settings.manifest) standard = read;
    // A copy of a model is the same model.
    if (!models.has(read.id)) models.set(read.id, read);
  }
  return { standard, models: [...models.values()], unreadable };
}

async function readModel(
  path: string,
  settings: Settings['model'],
): Promise<CatalogueModel | { path: string; reason: string }> {
  const below = relative(settings.directory, path);
  const shownPath = below.startsWith('..') ? path : below;
  let raw: unknown;
  try {
    raw = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return { path: shownPath, reason: error instanceof SyntaxError ? 'is not JSON' : 'cannot be read' };
  }
  const result = summary.safeParse(raw);
  if (!result.success) {
    const places = result.error.issues.map((issue) => issue.path.join('.') || 'the whole');
    return { path: shownPath, reason: `is not a model manifest: ${[...new Set(places)].join(', ')}` };
  }
  const { training, ...shaping } = result.data;
  void training;
  const hash = createHash('sha256').update(JSON.stringify(shaping)).digest('hex');
  return {
    id: `${shaping.version.replace(/[^A-Za-z0-9.]/g, '_')}-${hash.slice(0, 12)}`,
    name: shaping.name,
    version: shaping.version,
    sha256: shaping.sha256,
    size: shaping.bytes + (shaping.detector?.bytes ?? 0),
    channels: shaping.channels.map(({ name }) => name),
    hasDetector: shaping.detector !== undefined,
    manifestPath: path,
    shownPath,
  };
}

/** Sorted, so that of two copies always the same one is used. */
async function manifestsBelow(folder: string, depth: number): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const found: string[] = names.includes(MANIFEST) ? [join(folder, MANIFEST)] : [];
  if (depth === 0) return found;
  for (const name of names.filter((entry) => !entry.startsWith('.')).sort()) {
    const path = join(folder, name);
    const isFolder = await stat(path).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    if (isFolder) found.push(...(await manifestsBelow(path, depth - 1)));
  }
  return found;
}
