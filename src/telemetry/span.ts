import { AsyncLocalStorage } from 'node:async_hooks';
import { errorCodeOf } from '../core/index.js';
import type { Stage } from './stages.js';
import type { TraceSpan, Tracing } from './tracing.js';

/** What the work under way is part of: a run of a study, or a request. Follows it through every `await`. */
export interface SpanContext {
  /** Of the study's round, from its first signal to the stored result. */
  readonly correlationId?: string;
  /** Of the HTTP request. */
  readonly requestId?: string;
  readonly tracing: Tracing;
  readonly span: TraceSpan;
  /** Seconds by stage; of a run. */
  readonly stages?: Map<Stage, number>;
  /** Seconds that stages inside this one have taken for themselves. */
  readonly inner?: { seconds: number };
}

const storage = new AsyncLocalStorage<SpanContext>();

/** Runs something within a scope. */
export function withSpan<T>(scope: SpanContext, run: () => T): T {
  return storage.run(scope, run);
}

/** The scope of the work under way, if it has one. */
const currentSpan = (): SpanContext | undefined => storage.getStore();

/** The correlation id of the work under way, if it has one. */
export const correlationIdOfWork = (): string | undefined => currentSpan()?.correlationId;

/**
 * Measures a stage of a run. A stage within a stage counts for itself only. Outside of a run it measures nothing, so
 * that a stage may be used by whatever else needs it.
 */
export async function timed<T>(stage: Stage, run: () => T | Promise<T>): Promise<T> {
  const scope = storage.getStore();
  if (!scope?.stages) return run();
  const inner = { seconds: 0 };
  const span = scope.tracing.start(stage, { parent: scope.span.traceparent });
  const started = performance.now();
  let failure: string | undefined;
  try {
    return await storage.run({ ...scope, span, inner }, run);
  } catch (error) {
    failure = errorCodeOf(error);
    throw error;
  } finally {
    span.end(failure);
    const seconds = (performance.now() - started) / 1000;
    if (scope.inner) scope.inner.seconds += seconds;
    add(scope.stages, stage, Math.max(0, seconds - inner.seconds));
  }
}

/** Runs something within a stage that counts for none: waiting in the engine's line, while the engine computes for others. */
export async function untimed<T>(run: () => Promise<T>): Promise<T> {
  const scope = storage.getStore();
  if (!scope?.inner) return run();
  const started = performance.now();
  try {
    // Stages that are measured within are part of this time, which is taken off as a whole.
    return await storage.run({ ...scope, inner: { seconds: 0 } }, run);
  } finally {
    scope.inner.seconds += (performance.now() - started) / 1000;
  }
}

/** Notes a stage that was measured elsewhere and has just ended: the engine's are, in its own process. */
export function recordStage(stage: Stage, seconds: number): void {
  const scope = storage.getStore();
  if (!scope?.stages) return;
  const startTime = Date.now() - seconds * 1000;
  scope.tracing.start(stage, { parent: scope.span.traceparent, startTime }).end();
  if (scope.inner) scope.inner.seconds += seconds;
  add(scope.stages, stage, seconds);
}

/** Seconds by stage of the run under way, for its timeline. */
export function stageSeconds(): Partial<Record<Stage, number>> {
  const entries = [...(storage.getStore()?.stages ?? [])];
  return Object.fromEntries(entries.map(([stage, seconds]) => [stage, Number(seconds.toFixed(3))]));
}

/** Headers by which a request to the archive can be told to belong to this work; none outside of a scope. */
export function correlationHeaders(): Record<string, string> {
  const scope = storage.getStore();
  const id = scope?.correlationId ?? scope?.requestId;
  if (!scope || id === undefined) return {};
  return { 'x-request-id': id, traceparent: scope.span.traceparent };
}

/** What is on every log line of this work. @param known names that the line has already */
export function spanFields(known: Readonly<Record<string, unknown>>): Record<string, string> {
  const { correlationId, requestId } = storage.getStore() ?? {};
  return {
    ...(correlationId !== undefined && !('correlationId' in known) ? { correlationId } : {}),
    ...(requestId !== undefined && !('requestId' in known) ? { requestId } : {}),
  };
}

function add(stages: Map<Stage, number>, stage: Stage, seconds: number): void {
  stages.set(stage, (stages.get(stage) ?? 0) + seconds);
}
