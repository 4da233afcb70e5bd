import { AppError } from '../core/index.js';
import { createEngine, type Engine } from './engine.js';
import type { DetectResult, EngineRequest, LoadedModel, SegmentResult } from './protocol.js';

/** Answers requests of protocol.ts with one engine; `load` again replaces the model. */
export function createRequestHandler(): (
  request: EngineRequest,
) => Promise<LoadedModel | DetectResult | SegmentResult> {
  let engine: Engine | undefined;
  const loaded = (): Engine => {
    if (engine === undefined) throw new AppError('MODEL_INVALID', 'No model is loaded. Load one first.');
    return engine;
  };
  return async (request) => {
    switch (request.type) {
      case 'load': {
        // The old model stays if the new one cannot be loaded.
        const next = await createEngine(request.options);
        await engine?.close();
        engine = next;
        return next.model;
      }
      case 'detect':
        return loaded().detect(request.frame);
      case 'segment':
        return loaded().segment(request.frame, request.channel);
    }
  };
}
