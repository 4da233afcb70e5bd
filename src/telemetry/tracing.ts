import { formatTraceparent, newSpanId, newTraceId, parseTraceparent } from './traceparent.js';

export type SpanKind = 'internal' | 'server' | 'client' | 'consumer';
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** How a span begins. */
export interface SpanStart {
  /** The `traceparent` of what it is a part of. */
  readonly parent?: string | undefined;
  /** 32 hexadecimal digits for a span without parent; random when not given. */
  readonly traceId?: string | undefined;
  readonly kind?: SpanKind;
  /** Milliseconds since 1970; now when not given. */
  readonly startTime?: number;
  readonly attributes?: Attributes;
}

/** A piece of work with a beginning and an end. No attribute may hold health data. */
export interface TraceSpan {
  /** The W3C header by which others become part of this span. */
  readonly traceparent: string;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** @param errorCode of the catalogue, when the work failed */
  end(errorCode?: string): void;
}

/** Where spans go. */
export interface Tracing {
  start(name: string, options: SpanStart): TraceSpan;
  /** Sends what has not been sent yet. */
  close(): Promise<void>;
}

/** Sends nothing, yet hands out identifiers, so that requests to the archive can be found in its log. */
export const NO_TRACING: Tracing = {
  start(_name, { parent, traceId }) {
    const outer = parseTraceparent(parent);
    const traceparent = formatTraceparent({
      traceId: outer?.traceId ?? traceId ?? newTraceId(),
      spanId: newSpanId(),
      sampled: outer?.sampled ?? false,
    });
    return { traceparent, rename: () => undefined, set: () => undefined, end: () => undefined };
  },
  close: async () => undefined,
};
