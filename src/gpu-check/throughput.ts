import { picturesTogether } from '../model/index.js';
import { type Engine, isOutOfMemory, type Session } from '../model/in-process.js';
import { type NetworkInput, runBatch } from './network.js';
import type { Shown } from './pictures.js';

/** The network alone, so many inputs at a time. */
export interface PassFigure {
  readonly batch: number;
  /** Median of a pass; undefined where memory did not suffice. */
  readonly milliseconds: number | undefined;
}

/** A whole picture, with all that is done to it. */
export interface PictureFigure {
  readonly channel: string;
  readonly passes: number;
  readonly batchSize: number;
  /** Median of a picture. */
  readonly milliseconds: number;
}

/** Pictures of a channel that an engine is asked about together, as the frames of a loop are. */
export interface TogetherFigure {
  readonly channel: string;
  /** How many at a time. */
  readonly pictures: number;
  /** Median for one of them. */
  readonly milliseconds: number;
}

/**
 * Times the network at growing batches, up to the first that memory does not suffice for.
 * @param seconds that each batch is tried for; once at least
 */
export async function timePasses(
  session: Session,
  input: NetworkInput,
  size: number,
  batches: readonly number[],
  seconds: number,
): Promise<PassFigure[]> {
  const figures: PassFigure[] = [];
  for (const batch of batches) {
    const inputs = Array.from({ length: batch }, () => input);
    try {
      const milliseconds = (await median(seconds, () => runBatch(session, inputs, size))) / batch;
      figures.push({ batch, milliseconds });
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      figures.push({ batch, milliseconds: undefined });
      break;
    }
  }
  return figures;
}

/** Times whole pictures. @param seconds for each of them */
export async function timePictures(
  engine: Engine,
  pictures: readonly Shown[],
  seconds: number,
): Promise<PictureFigure[]> {
  const figures: PictureFigure[] = [];
  for (const { channel, passes, raster } of pictures) {
    const milliseconds = await median(seconds, () => engine.segmentRaster(raster, channel));
    // Told by the engine: memory may have made batches smaller.
    figures.push({ channel, passes, batchSize: engine.state().batchSize, milliseconds });
  }
  return figures;
}

/** Times pictures together, of the channels that gain from it. @param seconds for each of them */
export async function timeTogether(
  engine: Engine,
  pictures: readonly Shown[],
  seconds: number,
): Promise<TogetherFigure[]> {
  const figures: TogetherFigure[] = [];
  for (const { channel, raster } of pictures) {
    const count = picturesTogether(engine.state().batchSize, channel, engine.model);
    if (count === 1) continue;
    const rasters = Array.from({ length: count }, () => raster);
    const milliseconds = (await median(seconds, () => engine.segmentRasters(rasters, channel))) / count;
    figures.push({ channel, pictures: count, milliseconds });
  }
  return figures;
}

/** Median milliseconds of a task, tried for so long after a first time that does not count. */
async function median(seconds: number, task: () => Promise<unknown>): Promise<number> {
  await task();
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (times.length === 0 || performance.now() < end) {
    const started = performance.now();
    await task();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1]!;
}
