/** Pixels in, masks out: decoding, rendering, routing and inference. Knows nothing of HTTP, queues or archives. */
export { decodeFrame } from './decode/decode-frame.js';
export type { DecodedFrame, Samples } from './decode/samples.js';
export { DECODED_SYNTAXES } from './decode/transfer-syntax.js';
export { bulkDataNeeded, type BulkData, type BulkDataReference } from './describe/bulk-data-needed.js';
export { describePixels, frameCount } from './describe/describe-pixels.js';
export { createEngine, type Engine } from './engine.js';
export { loadManifest, readManifest, type LoadedManifest } from './manifest.js';
export type { Manifest, ModelInput } from './manifest-schema.js';
export { postprocess } from './postprocess.js';
export { PREPROCESSING_VERSION, preprocess } from './preprocess.js';
export * from './protocol.js';
export { toRaster } from './raster/to-raster.js';
export { resizeToSquare } from './resize.js';
export { classifySource, OWN_NAMES, type SourceClass } from './route/classify-source.js';
export { decide } from './route/decide.js';
export { headerEvidence, type HeaderEvidence } from './route/header-evidence.js';
export { pixelEvidence, type PixelEvidence } from './route/pixel-evidence.js';
export type { Condition, RoutingRules } from './route/rules.js';
