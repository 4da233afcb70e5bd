import { AppError, type Channel, type Raster, toAppError } from '../../core/index.js';
import { createEngine, type Engine } from './engine.js';
import {
  type DetectResult,
  type EngineFailure,
  type EngineRequest,
  type EngineResult,
  type EngineState,
  type EngineTiming,
  HELD_PICTURE,
  type Picture,
  type SegmentResult,
  type TogetherAnswer,
} from './protocol.js';

/** What a request gives, and what it took. */
export interface Handled {
  readonly result: EngineResult;
  readonly timing?: EngineTiming;
  /** How the engine runs after it. */
  readonly state?: EngineState;
}

/**
 * Answers requests of protocol.ts, one at a time, with one engine; `load` again replaces the model. The picture that
 * was classified last is held, so that it is not decoded again to be segmented.
 */
export function createRequestHandler(): (request: EngineRequest) => Promise<Handled> {
  let engine: Engine | undefined;
  let held: Raster | undefined;
  let timing = { decode: 0, infer: 0 };
  const loaded = (): Engine => {
    if (engine === undefined) throw new AppError('MODEL_INVALID', 'No model is loaded. Load one first.');
    return engine;
  };
  const rasterOf = (picture: Picture) => ('pixels' in picture ? loaded().decode(picture) : picture);

  async function detect(picture: Picture): Promise<DetectResult> {
    held = undefined;
    if (!loaded().model.detector) return undefined;
    held = await rasterOf(picture);
    return loaded().detectRaster(held);
  }

  function takeHeld(): Raster {
    const raster = held;
    held = undefined;
    if (!raster) throw new AppError('INTERNAL', 'The engine holds no picture');
    return raster;
  }

  const toSegment = async (frame: Picture | typeof HELD_PICTURE): Promise<Raster> =>
    frame === HELD_PICTURE ? takeHeld() : rasterOf(frame);

  /** What pictures that can be decoded show. What fails together is tried one by one, so that no picture harms another. */
  async function segmentRasters(
    rasters: readonly Raster[],
    channel: Channel,
  ): Promise<Tried<SegmentResult>[]> {
    const together = await tried(() => loaded().segmentRasters(rasters, channel));
    if (!(together instanceof AppError)) return [...together];
    const results: Tried<SegmentResult>[] = [];
    for (const raster of rasters) results.push(await tried(() => loaded().segmentRaster(raster, channel)));
    return results;
  }

  async function segmentTogether(
    frames: readonly (Picture | typeof HELD_PICTURE)[],
    channel: Channel,
  ): Promise<TogetherAnswer[]> {
    const pictures: { raster: Tried<Raster>; decode: number }[] = [];
    for (const frame of frames) {
      timing = { decode: 0, infer: 0 };
      const raster = await tried(() => toSegment(frame));
      pictures.push({ raster, decode: timing.decode });
    }
    const rasters = pictures.flatMap(({ raster }) => (raster instanceof AppError ? [] : [raster]));
    timing = { decode: 0, infer: 0 };
    const found = (await segmentRasters(rasters, channel)).values();
    const infer = timing.infer / rasters.length;
    return pictures.map(({ raster, decode }) => {
      const result = raster instanceof AppError ? raster : found.next().value!;
      return result instanceof AppError ? failureOf(result) : { ok: true, result, timing: { decode, infer } };
    });
  }

  return async (request) => {
    timing = { decode: 0, infer: 0 };
    switch (request.type) {
      case 'load': {
        // The old model stays if the new one cannot be loaded.
        const next = await createEngine(request.options, (part, seconds) => (timing[part] += seconds));
        await engine?.close();
        engine = next;
        return { result: next.model };
      }
      case 'ping':
        return { result: undefined };
      case 'decode':
        return { result: await loaded().decode(request.frame), timing };
      case 'detect':
        return { result: await detect(request.frame), timing, state: loaded().state() };
      case 'segment': {
        const result = await loaded().segmentRaster(await toSegment(request.frame), request.channel);
        return { result, timing, state: loaded().state() };
      }
      case 'segment-together': {
        const result = await segmentTogether(request.frames, request.channel);
        return { result, state: loaded().state() };
      }
    }
  };
}

/** What a task gave, or why it gave nothing. */
type Tried<T> = T | AppError;

const tried = <T>(task: () => Promise<T>): Promise<Tried<T>> => task().catch(toAppError);

/** What the parent is told of an error: no stack, no cause. */
export function failureOf(thrown: unknown): EngineFailure {
  const { code, message } = toAppError(thrown);
  return { ok: false, code, message };
}
