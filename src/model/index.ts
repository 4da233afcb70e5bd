/** Pixels in, masks out: decoding, rendering, routing and inference. Knows nothing of HTTP, queues or archives. */
export { decodeFrame } from './decode/decode-frame.js';
export type { DecodedFrame, Samples } from './decode/samples.js';
export { DECODED_SYNTAXES } from './decode/transfer-syntax.js';
export { bulkDataNeeded, type BulkData, type BulkDataReference } from './describe/bulk-data-needed.js';
export { describePixels, frameCount } from './describe/describe-pixels.js';
export { createEngine, type Engine } from './process/engine.js';
export { loadManifest, readManifest, type LoadedManifest } from './network/manifest.js';
export type { Manifest, ModelInput } from './network/manifest-schema.js';
export { postprocess } from './network/postprocess.js';
export { PREPROCESSING_VERSION, preprocess } from './network/preprocess.js';
export * from './process/protocol.js';
export { toRaster } from './raster/to-raster.js';
export { resizeToSquare } from './network/resize.js';
export { classifySource, OWN_NAMES, type SourceClass } from '../routing/classify-source.js';
export { decide } from '../routing/decide.js';
export { headerEvidence, type HeaderEvidence } from '../routing/header-evidence.js';
export { pixelEvidence, type PixelEvidence } from '../routing/pixel-evidence.js';
export type { Condition, RoutingRules } from '../routing/rules.js';
