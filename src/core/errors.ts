/**
 * The one catalogue of errors. `retryable`: trying again without a change can help.
 * `advice`: what the operator should do. No entry and no message ever carries health data.
 */
export const ERRORS = {
  INVALID_UID: { status: 400, retryable: false, advice: 'Send a DICOM UID.' },
  INVALID_REQUEST: { status: 400, retryable: false, advice: 'Correct the request as the message says.' },
  NOT_FOUND: {
    status: 404,
    retryable: false,
    advice: 'Check the identifier; the study may not have arrived yet.',
  },
  NO_PREVIEW: {
    status: 404,
    retryable: false,
    advice: 'Open the study in the viewer instead.',
  },
  UNAUTHORIZED: {
    status: 401,
    retryable: false,
    advice: 'Send `Authorization: Bearer <token>` with a token of the settings, or sign in at the console.',
  },
  FORBIDDEN: { status: 403, retryable: false, advice: 'Use a token of the role that the message names.' },
  CONFLICT: { status: 409, retryable: false, advice: 'Look at the present state, then decide again.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    retryable: false,
    advice: 'Use one of the methods in the header Allow.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    retryable: false,
    advice: 'Send the body in the form that the message names.',
  },
  STOW_INVALID: {
    status: 400,
    retryable: false,
    advice:
      'Send multipart/related as PS3.18 §10.5 describes it: the boundary named, parts, a closing delimiter.',
  },
  UPLOAD_TOO_SLOW: {
    status: 408,
    retryable: true,
    advice:
      'Send again over a better connection, or raise dicomweb.idleSeconds or lower dicomweb.minBytesPerSecond.',
  },
  UPLOAD_TOO_LARGE: {
    status: 413,
    retryable: false,
    advice: 'Send fewer instances at a time, or raise dicomweb.maxUploadMegabytes.',
  },
  GATEWAY_BUSY: {
    status: 503,
    retryable: true,
    advice: 'Try again after the seconds in Retry-After, or raise dicomweb.maxStores or dicomweb.maxReads.',
  },
  TOO_MANY: { status: 429, retryable: true, advice: 'Wait a minute, then try again.' },
  PRECONDITION_FAILED: {
    status: 412,
    retryable: false,
    advice: 'Somebody changed it since you read it. Read it again, then repeat your change.',
  },
  PRECONDITION_REQUIRED: {
    status: 428,
    retryable: false,
    advice: 'Send the ETag that you read in the header If-Match.',
  },
  CONFIG_INVALID: { status: 500, retryable: false, advice: 'Correct the named setting and start again.' },
  ARCHIVE_UNREACHABLE: {
    status: 502,
    retryable: true,
    advice: 'Check that the archive runs and that archive.dicomwebUrl is right.',
  },
  ARCHIVE_REFUSED: {
    status: 502,
    retryable: true,
    advice: "See the archive's own log for the request named.",
  },
  ARCHIVE_DENIED: { status: 502, retryable: false, advice: 'Check archive.username and archive.password.' },
  ARCHIVE_BAD_ANSWER: { status: 502, retryable: true, advice: 'The archive answered in an unexpected form.' },
  STORE_FAILED: { status: 502, retryable: true, advice: "See the archive's log: it did not keep the SEG." },
  STORE_NOTHING: {
    status: 502,
    retryable: false,
    advice: 'Check that each part is a whole DICOM file; the log of the archive says more.',
  },
  STORE_UNVERIFIED: {
    status: 502,
    retryable: true,
    advice: 'The archive accepted the SEG but does not return it.',
  },
  STORE_CONFLICT: {
    status: 502,
    retryable: false,
    advice: 'An object with this UID but other content is in the archive. Delete it, then reprocess.',
  },
  STUDY_EMPTY: { status: 404, retryable: true, advice: 'The archive lists no instance of this study.' },
  SYNTAX_UNSUPPORTED: {
    status: 415,
    retryable: false,
    advice: 'Let the archive transcode, or convert the study.',
  },
  PIXELS_INVALID: {
    status: 422,
    retryable: false,
    advice: 'The pixel data are damaged; send the study again.',
  },
  PIXELS_UNSUPPORTED: { status: 422, retryable: false, advice: 'This kind of pixel data is not processed.' },
  MODEL_INVALID: { status: 500, retryable: false, advice: 'Restore the model file and its manifest.' },
  MODEL_REFUSED: {
    status: 422,
    retryable: false,
    advice: 'Look at what the verification says of it; the model that was active before stays.',
  },
  NO_WORKER: {
    status: 503,
    retryable: true,
    advice: 'Start a worker: `esp-medsam worker`, or look at its log if it should run.',
  },
  WORKER_TIMEOUT: {
    status: 504,
    retryable: true,
    advice: 'Ask again later; the workers may be busy with a large study.',
  },
  ENGINE_CRASHED: { status: 500, retryable: true, advice: 'Give the worker more memory if this repeats.' },
  ENGINE_TIMEOUT: {
    status: 500,
    retryable: true,
    advice: 'Raise engine.deadlineSeconds or use a faster machine.',
  },
  SEG_INVALID: { status: 500, retryable: false, advice: 'Report this with the rule named in the message.' },
  LEDGER_UNREADABLE: {
    status: 500,
    retryable: false,
    advice:
      'Run the study again (`POST /admin/v1/studies/{uid}/reprocess`): that writes its record anew. If a newer ' +
      'version wrote it, upgrade this process first.',
  },
  QUEUE_UNAVAILABLE: {
    status: 503,
    retryable: true,
    advice: 'Check that Redis runs and that redis.url is right.',
  },
  INTERNAL: { status: 500, retryable: true, advice: 'See the log under this correlation id.' },
} as const satisfies Record<string, { status: number; retryable: boolean; advice: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** An error of ours: a code of the catalogue and a message without health data. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }

  get advice(): string {
    return ERRORS[this.code].advice;
  }

  get httpStatus(): number {
    return ERRORS[this.code].status;
  }
}

/** Turns anything thrown into an AppError; what is not ours becomes `INTERNAL` with the original as cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  // The original message may quote data; only its class name is shown.
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  return new AppError('INTERNAL', `Unexpected ${kind}`, { cause: thrown });
}
