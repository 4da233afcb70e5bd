import type { Telemetry } from './telemetry.js';
import { traceIdOf } from './traceparent.js';

/** What the intake tells; see `IntakeHooks` of the intake, which this fulfils. */
interface Watch {
  signalled(signal: { source: string; first: boolean; known: boolean }): Promise<void>;
  refused(signal: { source: string }): void;
  queued(round: { correlationId: string; since: string | undefined }): string;
}

/** Counts arrivals, feeds what is known of usual hours, and begins the trace of each round. */
export function intakeHooks({ metrics, tracing }: Telemetry, feed: { arrived(): Promise<void> }): Watch {
  return {
    async signalled({ source, first, known }) {
      if (!first) return;
      metrics.arrivals.inc({ signal: source });
      // Results that we store make the archive tell of their studies too: those are no arrivals.
      if (!known) await feed.arrived();
    },
    refused: ({ source }) => metrics.studiesRefused.inc({ signal: source }),
    queued({ correlationId, since }) {
      const startTime = since === undefined ? undefined : Date.parse(since);
      const span = tracing.start('arrival', {
        traceId: traceIdOf(correlationId),
        ...(startTime === undefined ? {} : { startTime }),
        attributes: { 'esp.correlation_id': correlationId },
      });
      span.end();
      return span.traceparent;
    },
  };
}
