import { z } from 'zod';
import { errorCodeOf } from '../core/index.js';
import { withSpan } from './span.js';
import type { Telemetry } from './telemetry.js';
import type { Stage } from './stages.js';
import { traceIdOf } from './traceparent.js';

/** What a job tells of the run that it asks for; a job that is not ours has none of it. */
const runData = z.object({ correlationId: z.string(), traceparent: z.string().optional() });

/**
 * Runs one try of a study within a scope of its own: what it logs, notes and asks of the archive carries its
 * correlation id, its stages become spans and, when it has ended in whatever way, values of the stage histogram.
 */
export async function traceRun<T>(
  telemetry: Pick<Telemetry, 'metrics' | 'tracing'> | undefined,
  jobData: unknown,
  attempt: number,
  run: () => Promise<T>,
): Promise<T> {
  const { data } = runData.safeParse(jobData);
  if (!telemetry || !data) return run();
  const { correlationId, traceparent } = data;
  const { metrics, tracing } = telemetry;
  const stages = new Map<Stage, number>();
  const span = tracing.start('study', {
    parent: traceparent,
    traceId: traceIdOf(correlationId),
    kind: 'consumer',
    attributes: { 'esp.correlation_id': correlationId, 'esp.attempt': attempt },
  });
  let failure: string | undefined;
  try {
    return await withSpan({ correlationId, tracing, span, stages }, run);
  } catch (error) {
    // BullMQ's way to say that the job is put back for later.
    failure = error instanceof Error && error.name === 'DelayedError' ? undefined : errorCodeOf(error);
    throw error;
  } finally {
    span.end(failure);
    for (const [stage, seconds] of stages) metrics.stageDuration.observe({ stage }, seconds);
  }
}
