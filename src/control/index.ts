/** What an administrator decides while everything runs, in Redis: the model, the shadow, the routing rules. */
export { readCatalogue, type Catalogue, type CatalogueModel } from '../model/catalogue.js';
export {
  openActiveModel,
  type ActiveModel,
  type Activation,
  type ModelHistoryLine,
  type ModelProblem,
} from '../store/models/active-model.js';
export {
  openShadowModel,
  type Agreement,
  type Comparison,
  type ShadowModel,
  type ShadowState,
  type ShadowTrouble,
} from '../store/models/shadow-model.js';
export {
  openVerifications,
  verificationSchema,
  type Verification,
  type Verifications,
} from '../store/models/verification.js';
export {
  openRoutingVersions,
  type RoutingFile,
  type RoutingVersion,
  type RoutingVersions,
  type RoutingVersionSummary,
} from '../routing/routing-versions.js';
export { openWorkerAsker, type WorkerAsker } from '../store/requests/ask-worker.js';
export { openRequestPresence, type RequestPresence } from '../store/requests/presence.js';
export {
  REQUEST_QUEUE,
  workerRequestSchema,
  type WorkerAnswer,
  type WorkerRequest,
} from '../store/requests/protocol.js';
export { explanationSchema, type Explanation } from '../routing/explanation.js';
