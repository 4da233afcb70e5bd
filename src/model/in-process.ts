/**
 * The engine in this very process, for checks: inference blocks a process, so that servers use `openEngine` of index.ts, which
 * keeps ONNX Runtime out of theirs.
 */
export { inBatches, isOutOfMemory } from './network/batches.js';
export type { LoadedManifest } from './network/manifest.js';
export { preprocess } from './network/preprocess.js';
export { segmenterContract } from './network/segment-picture.js';
export { openSession, type OpenSession, type Session } from './network/session.js';
export { createEngine, type Engine } from './process/engine.js';
export type { EngineState, Provider } from './process/protocol.js';
