import { toAppError } from '../core/index.js';
import { engineBatchSize, loadManifest } from '../model/index.js';
import {
  createEngine,
  openSession,
  type OpenSession,
  type Provider,
  segmenterContract,
} from '../model/in-process.js';
import { type FallbackFigure, forceFallback } from './fallback.js';
import { describeMachine, type Machine } from './machine.js';
import { inputOf, runBatch } from './network.js';
import { compare, type ParityFigure } from './parity.js';
import { picturesOf } from './pictures.js';
import {
  type PassFigure,
  type PictureFigure,
  timePasses,
  timePictures,
  timeTogether,
  type TogetherFigure,
} from './throughput.js';

export interface CheckOptions {
  readonly manifestPath: string;
  readonly provider: Provider;
  /** Of the CPU that is compared with. */
  readonly threads: number;
  /** Leaves out channels of many passes, large batches and most of the time. */
  readonly quick: boolean;
  /** Doubles the batch until memory really does not suffice. */
  readonly untilFull: boolean;
}

/** What a check has found. */
export interface CheckReport {
  readonly ok: boolean;
  readonly provider: Provider;
  readonly machine: Machine;
  /** Why the provider cannot be used; then nothing was measured. */
  readonly missing?: string;
  /** From nothing to the first answer, seconds. */
  readonly firstPassSeconds?: number;
  /** Edge of the network's input, pixels. */
  readonly size?: number;
  readonly passes: readonly PassFigure[];
  readonly pictures: readonly PictureFigure[];
  readonly together: readonly TogetherFigure[];
  readonly parity: readonly ParityFigure[];
  readonly fallback: readonly FallbackFigure[];
  readonly seconds: number;
}

const BATCHES = [1, 2, 4, 8, 16, 32];
const QUICK_BATCHES = [1, 2];
const LARGE_BATCHES = [64, 128, 256, 512, 1024, 2048, 4096];
const SECONDS = 3;
const QUICK_SECONDS = 0;

/**
 * Measures a provider and compares it with the CPU.
 * @param open loads a network; tests use one whose answers are wrong
 * @throws AppError when the model cannot be loaded on the CPU
 */
export async function runCheck(options: CheckOptions, open: OpenSession = openSession): Promise<CheckReport> {
  const started = performance.now();
  const { manifestPath, provider, threads, quick, untilFull } = options;
  const machine = await describeMachine();
  const { manifest, modelPath } = await loadManifest(manifestPath);
  const contract = segmenterContract(manifest);
  const { size } = manifest.input;
  const nothing = { passes: [], pictures: [], together: [], parity: [], fallback: [] };
  const elapsed = () => (performance.now() - started) / 1000;

  const opened = performance.now();
  const session = await open(modelPath, { provider, threads }, contract).catch(toAppError);
  if (session instanceof Error)
    return { ok: false, provider, machine, missing: session.message, ...nothing, seconds: elapsed() };
  const black = { image: new Float32Array(3 * size * size), index: manifest.channels[0]!.index };
  await runBatch(session, [black], size);
  const firstPassSeconds = (performance.now() - opened) / 1000;
  const pictures = picturesOf(manifest.channels, quick);
  const inputs = pictures.map((shown) => inputOf(manifest, shown));
  const engines = [await createEngine({ manifestPath, provider, threads, batchSize: 1 }, undefined, open)];
  const batchSize = engineBatchSize(0, provider);
  if (batchSize > 1)
    engines.push(await createEngine({ manifestPath, provider, threads, batchSize }, undefined, open));
  const cpuSession = await open(modelPath, { provider: 'cpu', threads }, contract);
  const cpu = await createEngine({ manifestPath, provider: 'cpu', threads }, undefined, open);
  try {
    const seconds = quick ? QUICK_SECONDS : SECONDS;
    const passes = await timePasses(session, inputs[0]!, size, quick ? QUICK_BATCHES : BATCHES, seconds);
    const isFull = passes.at(-1)!.milliseconds === undefined;
    if (untilFull && !isFull) passes.push(...(await timePasses(session, inputs[0]!, size, LARGE_BATCHES, 0)));
    const timed: PictureFigure[] = [];
    for (const engine of engines) timed.push(...(await timePictures(engine, pictures, seconds)));
    const together = await timeTogether(engines.at(-1)!, pictures, seconds);
    const sides = [
      { engine: cpu, session: cpuSession },
      { engine: engines.at(-1)!, session },
    ] as const;
    const parity = await compare(...sides, pictures, inputs, size);
    const several = pictures.find((shown) => shown.passes > 1) ?? pictures[0]!;
    const { mask } = await cpu.segmentRaster(several.raster, several.channel);
    const fallback = await forceFallback({ manifestPath, provider, threads }, several, mask, open);
    const ok = [...parity, ...fallback].every((figure) => figure.ok);
    return {
      ok,
      provider,
      machine,
      firstPassSeconds,
      size,
      passes,
      pictures: timed,
      together,
      parity,
      fallback,
      seconds: elapsed(),
    };
  } finally {
    for (const opened of [session, cpuSession, cpu, ...engines]) await opened.close();
  }
}
