/** Pixels in, masks out: decoding, rendering, the network, and the engine process that runs it. */
export { type Catalogue, type CatalogueModel, readCatalogue } from './catalogue.js';
export { bulkDataNeeded } from './describe/bulk-data-needed.js';
export { describePixels } from './describe/describe-pixels.js';
export { loadManifest } from './network/manifest.js';
export {
  type EngineClient,
  type EngineHooks,
  type MemoryAnswer,
  openEngine,
} from './process/engine-client.js';
export { differingPixels, goldenPicture } from './process/golden-picture.js';
export type {
  DetectorThresholds,
  DetectResult,
  LoadedModel,
  Picture,
  SegmentResult,
} from './process/protocol.js';
export {
  engineBatchSize,
  engineCount,
  engineThreads,
  picturesTogether,
  WORKER_MEGABYTES,
} from './process/engine-count.js';
export { residentBytes } from './process/resident-memory.js';
