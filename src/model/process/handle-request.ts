import { AppError } from '../../core/index.js';
import { createEngine, type Engine } from './engine.js';
import type { DetectResult, EngineRequest, EngineTiming, LoadedModel, SegmentResult } from './protocol.js';

/** What a request gives, and what it took. */
export interface Handled {
  readonly result: LoadedModel | DetectResult | SegmentResult;
  readonly timing?: EngineTiming;
}

/** Answers requests of protocol.ts, one at a time, with one engine; `load` again replaces the model. */
export function createRequestHandler(): (request: EngineRequest) => Promise<Handled> {
  let engine: Engine | undefined;
  let timing = { decode: 0, infer: 0 };
  const loaded = (): Engine => {
    if (engine === undefined) throw new AppError('MODEL_INVALID', 'No model is loaded. Load one first.');
    return engine;
  };
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
      case 'detect':
        return { result: await loaded().detect(request.frame), timing };
      case 'segment':
        return { result: await loaded().segment(request.frame, request.channel), timing };
    }
  };
}
