import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { channelName, toAppError } from '../../core/index.js';
import type { Verification } from '../../store/index.js';
import {
  differingPixels,
  type EngineClient,
  goldenPicture,
  type LoadedModel,
  loadManifest,
  type SegmentResult,
} from '../../model/index.js';

const golden = z.object({
  model: z.string(),
  rows: z.int().min(1).max(2048),
  columns: z.int().min(1).max(2048),
  masks: z.record(channelName, z.object({ runs: z.array(z.int().min(0)) })),
});

type Golden = z.infer<typeof golden>;
type Check = Verification['checks'][number];

/** Part of the pixels in which a mask may differ from the golden one: processors round differently. */
const TOLERANCE = 0.005;
const SIZE = { rows: 200, columns: 300 };

/**
 * Tries a model: its files are those of the manifest, it loads, every channel gives a mask, and where golden masks lie
 * beside it, it gives those. Stops at the first check that fails.
 * @param engine of this manifest, not loaded yet
 */
export async function verifyModel(manifestPath: string, engine: EngineClient): Promise<Verification> {
  const begun = Date.now();
  const checks: Check[] = [];
  const steps: readonly [Check['name'], () => Promise<Omit<Check, 'name'>>][] = [
    ['files', () => checkFiles(manifestPath)],
    ['load', async () => ok(`loaded on ${(await engine.load()).provider}`)],
    ['run', async () => checkRun(engine, await engine.load())],
    ['golden', async () => checkGolden(manifestPath, engine, await engine.load())],
  ];
  for (const [name, step] of steps) {
    const found = await step().catch((error: unknown) => failed(toAppError(error).message));
    checks.push({ name, ...found });
    if (found.status === 'fail') break;
  }
  return {
    ok: checks.every(({ status }) => status !== 'fail'),
    at: new Date().toISOString(),
    seconds: (Date.now() - begun) / 1000,
    checks,
  };
}

const ok = (detail: string) => ({ status: 'ok' as const, detail });
const failed = (detail: string) => ({ status: 'fail' as const, detail });

async function checkFiles(manifestPath: string) {
  const { manifest } = await loadManifest(manifestPath);
  const count = manifest.detector ? 'both files have' : 'the file has';
  return ok(`${count} the size and SHA-256 of the manifest`);
}

async function checkRun(engine: EngineClient, model: LoadedModel) {
  const picture = goldenPicture(SIZE.rows, SIZE.columns);
  const begun = Date.now();
  for (const { name } of model.channels) {
    const problem = problemOf(await engine.segment(picture, name));
    if (problem) return failed(`${name}: ${problem}`);
  }
  const seconds = (Date.now() - begun) / 1000 / model.channels.length;
  const probabilities = await engine.detect(picture);
  const sum = Object.values(probabilities ?? { none: 1 }).reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > 1e-3) return failed('the probabilities of the detector do not sum to 1');
  return ok(`${model.channels.length} channels, ${seconds.toFixed(2)} s a frame`);
}

function problemOf({ mask, meanProbability }: SegmentResult): string | undefined {
  if (mask.length !== SIZE.rows * SIZE.columns) return 'the mask has another size than the picture';
  if (mask.some((value) => value > 1)) return 'the mask has values other than 0 and 1';
  return meanProbability >= 0 && meanProbability <= 1 ? undefined : 'the probability is none';
}

async function checkGolden(manifestPath: string, engine: EngineClient, model: LoadedModel) {
  const expected = await readGolden(join(dirname(manifestPath), 'golden.json'));
  if (!expected) return skipped('no golden masks lie beside this model');
  if (expected.model !== model.sha256) return skipped('the golden masks beside it are of another model');
  const picture = goldenPicture(expected.rows, expected.columns);
  let worst = 0;
  for (const { name } of model.channels) {
    const runs = expected.masks[name]?.runs;
    if (!runs) continue;
    const { mask } = await engine.segment(picture, name);
    const part = differingPixels(mask, runs) / mask.length;
    if (part > TOLERANCE)
      return failed(`${name}: ${(part * 100).toFixed(1)} % of the pixels differ from the golden mask`);
    worst = Math.max(worst, part);
  }
  return ok(`at most ${(worst * 100).toFixed(2)} % of the pixels differ from the golden masks`);
}

const skipped = (detail: string) => ({ status: 'skipped' as const, detail });

async function readGolden(path: string): Promise<Golden | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : golden.parse(JSON.parse(text));
}
