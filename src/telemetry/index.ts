/** What the processes tell of themselves: metrics, traces, correlation. */
export { countArchiveRequests } from './archive-hooks.js';
export { countAudit } from './audit-metrics.js';
export { intakeHooks } from './intake-hooks.js';
export { metricsRoute, serveMetrics } from './metrics-endpoint.js';
export type { Metrics } from './metrics.js';
export { traceRequest } from './trace-request.js';
export { traceRun } from './trace-run.js';
export { localTelemetry, type Telemetry, openTelemetry } from './telemetry.js';
export { measureQueue, recordModel } from './queue-metrics.js';
export {
  correlationHeaders,
  correlationIdOfWork,
  recordStage,
  spanFields,
  stageSeconds,
  timed,
  untimed,
} from './span.js';
export { countStudies } from './study-metrics.js';
