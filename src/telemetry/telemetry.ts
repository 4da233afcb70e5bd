import type { Settings } from '../config/index.js';
import { createMetrics, type Metrics } from './metrics.js';
import { NO_TRACING, type Tracing } from './tracing.js';

/** What one process measures and traces with; opened once by the command line. */
export interface Telemetry {
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  close(): Promise<void>;
}

/** @param role `gateway`, `worker` or `all`; names the process in the tracing system */
export async function openTelemetry(
  settings: Pick<Settings, 'tracing' | 'metrics'>,
  role: string,
  version: string,
): Promise<Telemetry> {
  const tracing = settings.tracing.otlpUrl
    ? (await import('./otlp-tracing.js')).openOtlpTracing(settings.tracing.otlpUrl, role, version)
    : NO_TRACING;
  return { ...localTelemetry(settings), tracing, close: () => tracing.close() };
}

/** Measures and sends nothing anywhere. */
export function localTelemetry({ metrics }: Pick<Settings, 'metrics'>): Telemetry {
  return { metrics: createMetrics(metrics.enabled), tracing: NO_TRACING, close: async () => undefined };
}
