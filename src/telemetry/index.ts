/** What the processes tell of themselves: metrics, traces, correlation. */
export { countArchiveRequests } from './archive-watch.js';
export { watchIntake } from './intake-watch.js';
export { metricsRoute, serveMetrics } from './metrics-endpoint.js';
export type { Metrics } from './metrics.js';
export { observeRequest } from './observe-request.js';
export { observeRun } from './observe-run.js';
export { localObserver, type Observer, openObserver } from './observer.js';
export { measureQueue, noteModel } from './queue-metrics.js';
export {
  correlationHeaders,
  correlationIdOfWork,
  noteStage,
  scopeFields,
  stageSeconds,
  timed,
} from './scope.js';
export { countStudies } from './study-metrics.js';
