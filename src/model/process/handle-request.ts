import { AppError, type Raster } from '../../core/index.js';
import { createEngine, type Engine } from './engine.js';
import {
  type DetectResult,
  type EngineRequest,
  type EngineState,
  type EngineTiming,
  HELD_PICTURE,
  type LoadedModel,
  type Picture,
  type SegmentResult,
} from './protocol.js';

/** What a request gives, and what it took. */
export interface Handled {
  readonly result: LoadedModel | Raster | DetectResult | SegmentResult | undefined;
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
        const raster = request.frame === HELD_PICTURE ? takeHeld() : await rasterOf(request.frame);
        const result = await loaded().segmentRaster(raster, request.channel);
        return { result, timing, state: loaded().state() };
      }
    }
  };
}
