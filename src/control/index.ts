/** What an administrator decides while everything runs, in Redis: the model, the shadow, the routing rules. */
export { readCatalogue, type Catalogue, type CatalogueModel } from './models/catalogue.js';
export {
  openActiveModel,
  type ActiveModel,
  type Activation,
  type ModelHistoryLine,
  type ModelProblem,
} from './models/active-model.js';
export {
  openShadowModel,
  type Agreement,
  type Comparison,
  type ShadowModel,
  type ShadowState,
  type ShadowTrouble,
} from './models/shadow-model.js';
export {
  openVerifications,
  verificationSchema,
  type Verification,
  type Verifications,
} from './models/verification.js';
export {
  openRoutingVersions,
  type RoutingFile,
  type RoutingVersion,
  type RoutingVersions,
  type RoutingVersionSummary,
} from './routing/routing-versions.js';
export { openWorkerAsker, type WorkerAsker } from './requests/ask-worker.js';
export { openRequestPresence, type RequestPresence } from './requests/presence.js';
export {
  REQUEST_QUEUE,
  workerRequestSchema,
  type WorkerAnswer,
  type WorkerRequest,
} from './requests/protocol.js';
export { explanationSchema, type Explanation } from './requests/explanation.js';
