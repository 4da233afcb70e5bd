import { z } from 'zod';
import { AppError, isUid, type Uid } from '../../core/index.js';

const schema = z.strictObject({
  studyInstanceUid: z.custom<Uid>(isUid, { error: 'not a UID' }),
  /** Follows the study through every log line of both processes. */
  correlationId: z.string().min(1).max(64),
  /** When the study was queued, ISO 8601. */
  queuedAt: z.iso.datetime(),
  /** The W3C trace that the run continues. */
  traceparent: z.string().max(64).optional(),
});

/** What a job carries. Everything else is read when the job runs, so that a late instance is never missed. */
export type StudyJob = z.infer<typeof schema>;

/**
 * Checks the data of a job read from Redis.
 * @throws AppError `INVALID_REQUEST`
 */
export function parseStudyJob(data: unknown): StudyJob {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw new AppError('INVALID_REQUEST', `Job data: ${z.prettifyError(result.error)}`);
}
