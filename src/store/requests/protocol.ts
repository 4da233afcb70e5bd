import { z } from 'zod';
import { type ErrorCode, ERRORS, isUid, type Uid } from '../../core/index.js';

/** BullMQ's name of the queue of questions to the workers; keys are `<prefix>:requests:*`. */
export const REQUEST_QUEUE = 'requests';

/** What a worker can be asked besides its studies. */
export const workerRequestSchema = z.discriminatedUnion('kind', [
  /** Try a model: files, loading, one run a channel. */
  z.strictObject({ kind: z.literal('verify'), modelId: z.string() }),
  /** What would happen to a study, and why. `rules`: text of routing rules to use in place of those in force. */
  z.strictObject({
    kind: z.literal('explain'),
    studyInstanceUid: z.custom<Uid>(isUid),
    rules: z.string().optional(),
  }),
]);

export type WorkerRequest = z.infer<typeof workerRequestSchema>;

/** A worker's answer; a job that ends without one lost its worker. */
export const workerAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    code: z.custom<ErrorCode>((code) => typeof code === 'string' && code in ERRORS),
    message: z.string(),
  }),
]);

export type WorkerAnswer = z.infer<typeof workerAnswerSchema>;
