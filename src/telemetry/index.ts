/** What the processes tell of themselves: metrics, traces, correlation, events, the silent-feed alert. */
export { createMetrics, type Metrics } from './metrics.js';
export { localObserver, openObserver, type Observer } from './observer.js';
export { NO_TRACING, type Tracing, type TraceSpan } from './tracing.js';
export { correlationHeaders, noteStage, scopeFields, stageSeconds, timed } from './scope.js';
export { observeRun } from './observe-run.js';
export { STAGES, type Stage } from './stages.js';
export { traceIdOf } from './traceparent.js';
export { observedLedger, publishChanges, type LedgerChange } from './observed-ledger.js';
export { countStudies } from './study-metrics.js';
export {
  EVENT_DATA,
  EVENT_ID,
  isAfter,
  openEventStream,
  type EventStream,
  type KeptEvent,
} from '../store/events/event-stream.js';
export { measureQueue, noteModel } from './queue-metrics.js';
export { observeRequest } from './observe-request.js';
export { metricsRoute, serveMetrics } from './metrics-endpoint.js';
export { countArchiveRequests } from './archive-watch.js';
export { watchIntake } from './intake-watch.js';
export { openSilentFeed, type SilentFeed } from '../notify/silent-feed/silent-feed.js';
