import { ROOT_CONTEXT, SpanKind as Kind, SpanStatusCode, trace, type Context } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { formatTraceparent, newSpanId, newTraceId, parseTraceparent } from './traceparent.js';
import type { SpanKind, Tracing } from './tracing.js';

const KINDS: Readonly<Record<SpanKind, Kind>> = {
  internal: Kind.INTERNAL,
  server: Kind.SERVER,
  client: Kind.CLIENT,
  consumer: Kind.CONSUMER,
};
/** A slide has a span for each of a thousand tiles. */
const MAX_SPANS_WAITING = 8192;
const SEND_EVERY_MS = 2000;
const EXPORT_TIMEOUT_MS = 5000;

/**
 * Tracing to an OpenTelemetry collector over OTLP/HTTP. A collector that is away costs spans, nothing else.
 * @param url the collector's full address, `http://…:4318/v1/traces`
 * @param role `gateway`, `worker` or `all`
 */
export function openOtlpTracing(url: string, role: string, version: string): Tracing {
  let nextTraceId: string | undefined;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `esp-medsam-${role}`, 'service.version': version }),
    // A span without parent takes the trace id that belongs to its study's correlation id.
    idGenerator: { generateTraceId: () => nextTraceId ?? newTraceId(), generateSpanId: newSpanId },
    spanProcessors: [
      new BatchSpanProcessor(exporter, {
        maxQueueSize: MAX_SPANS_WAITING,
        scheduledDelayMillis: SEND_EVERY_MS,
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      }),
    ],
  });
  const tracer = provider.getTracer('esp-medsam', version);

  return {
    start(name, { parent, traceId, kind = 'internal', startTime, attributes = {} }) {
      nextTraceId = traceId;
      const span = tracer.startSpan(
        name,
        { kind: KINDS[kind], attributes, ...(startTime === undefined ? {} : { startTime }) },
        contextOf(parent),
      );
      nextTraceId = undefined;
      const { traceId: id, spanId, traceFlags } = span.spanContext();
      return {
        traceparent: formatTraceparent({ traceId: id, spanId, sampled: (traceFlags & 1) === 1 }),
        rename: (to) => void span.updateName(to),
        set: (more) => void span.setAttributes(more),
        end(errorCode) {
          if (errorCode !== undefined) {
            span.setStatus({ code: SpanStatusCode.ERROR, message: errorCode });
            span.setAttribute('error.type', errorCode);
          }
          span.end();
        },
      };
    },
    // A collector that does not answer must not hold up the end of the process.
    close: () => provider.shutdown().catch(() => undefined),
  };
}

/** Without parent the span is a root. */
function contextOf(parent: string | undefined): Context {
  const outer = parseTraceparent(parent);
  if (!outer) return ROOT_CONTEXT;
  const { traceId, spanId, sampled } = outer;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: sampled ? 1 : 0,
    isRemote: true,
  });
}
