import type { ErrorPolicy, ErrorScope } from './error-policy.js';
import { BOUND_ERRORS } from './bound-errors.js';
import { ENGINE_ERRORS } from './engine-errors.js';
import { QUEUE_ERRORS } from './queue-errors.js';
import { SOURCE_ERRORS } from './source-errors.js';
import { UPLOAD_ERRORS } from './upload-errors.js';

export { ERROR_SCOPES, type ErrorPolicy, type ErrorScope } from './error-policy.js';

/** The one catalogue of errors; `docs/errors.md` shows it to people. */
export const ERRORS = {
  INVALID_UID: {
    status: 400,
    scope: 'unit',
    outcome: 'unsupported',
    retryable: false,
    meaning: 'An identifier is no DICOM UID: digits and dots, 64 characters at most (PS3.5 §9.1).',
    advice:
      'Send a DICOM UID. Where those of a study are wrong, correct them at the device that made it, then send it again.',
  },
  INVALID_REQUEST: {
    status: 400,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'A request is not of the form that its endpoint takes.',
    advice: 'Correct the request as the message says.',
  },
  NOT_FOUND: {
    status: 404,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'Nothing is known under this identifier.',
    advice: 'Check the identifier; the study may not have arrived yet.',
  },
  NO_PREVIEW: {
    status: 404,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'The archive does not render this image, so that there is no picture of it.',
    advice: 'Open the study in the viewer instead.',
  },
  UNAUTHORIZED: {
    status: 401,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'A request came without a valid token or session.',
    advice:
      'Send `Authorization: Bearer <token>` with a token of the settings, an API key or an access token of the issuer, or sign in at the console.',
  },
  FORBIDDEN: {
    status: 403,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'The caller is known, but may not do this.',
    advice: 'Use a credential whose role has the scope that the message names.',
  },
  ISSUER_UNREACHABLE: {
    status: 503,
    scope: 'process',
    outcome: 'failed',
    retryable: true,
    meaning: 'The OpenID Connect issuer, by which people sign in, does not answer as it should.',
    advice:
      'Try again. Check that the issuer runs and that oidc.issuer is right; tokens and API keys work without it.',
  },
  CONFLICT: {
    status: 409,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'What was asked for does not go with the present state.',
    advice: 'Look at the present state, then decide again.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'The path exists, but not with this method.',
    advice: 'Use one of the methods in the header Allow.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'The body of a request is in a form that its endpoint does not take.',
    advice: 'Send the body in the form that the message names.',
  },
  ...UPLOAD_ERRORS,
  GATEWAY_BUSY: {
    status: 503,
    scope: 'process',
    outcome: 'failed',
    retryable: true,
    meaning: 'As many requests are passed through to the archive as the settings allow.',
    advice: 'Try again after the seconds in Retry-After, or raise dicomweb.maxStores or dicomweb.maxReads.',
  },
  TOO_MANY: {
    status: 429,
    scope: 'process',
    outcome: 'failed',
    retryable: true,
    meaning: 'One caller asked too often, or holds too many connections.',
    advice: 'Wait a minute, then try again.',
  },
  PRECONDITION_FAILED: {
    status: 412,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'What was to be changed is not as the caller has read it.',
    advice: 'Somebody changed it since you read it. Read it again, then repeat your change.',
  },
  PRECONDITION_REQUIRED: {
    status: 428,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'A change did not say which version it was made from.',
    advice: 'Send the ETag that you read in the header If-Match.',
  },
  CONFIG_INVALID: {
    status: 500,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'A setting or a configuration file cannot be used; the message names it.',
    advice:
      'Correct the settings that are named, in the file or the environment variable that sets them, then start again. `esp-medsam doctor` shows what is wrong.',
  },
  ARCHIVE_UNREACHABLE: {
    status: 502,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning: 'The archive did not answer, or a proxy said that it is overloaded.',
    advice: 'Check that the archive runs and that archive.dicomwebUrl is right.',
  },
  ARCHIVE_REFUSED: {
    status: 502,
    scope: 'unit',
    outcome: 'failed',
    retryable: true,
    meaning: 'The archive answered a request with an error.',
    advice: "See the archive's own log for the request named.",
  },
  ARCHIVE_DENIED: {
    status: 502,
    scope: 'unit',
    outcome: 'failed',
    retryable: false,
    meaning:
      'The archive does not accept our log-in, the log-in may not do what was asked (401, 403), or no token can be had for it.',
    advice:
      'Run `esp-medsam doctor`: it says what the archive asks for and which setting to change; docs/archives.md has recipes. Then reprocess the study.',
  },
  ARCHIVE_BAD_ANSWER: {
    status: 502,
    scope: 'unit',
    outcome: 'failed',
    retryable: true,
    meaning: 'The answer of the archive is not of the form that DICOMweb or Orthanc describes.',
    advice:
      'Check that archive.dicomwebUrl leads to a DICOMweb service and not to a login page or proxy: `esp-medsam doctor` looks at what it answers. If it does, update the archive.',
  },
  STORE_FAILED: {
    status: 502,
    scope: 'unit',
    outcome: 'failed',
    retryable: true,
    meaning: 'The archive refused to store a result.',
    advice: "See the archive's log: it did not keep the SEG.",
  },
  STORE_NOTHING: {
    status: 502,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'The archive accepted an upload that was passed through, but names no instance that it stored.',
    advice: 'Check that each part is a whole DICOM file; the log of the archive says more.',
  },
  STORE_UNVERIFIED: {
    status: 502,
    scope: 'unit',
    outcome: 'failed',
    retryable: true,
    meaning: 'The archive accepted a result but does not return it.',
    advice:
      "See the archive's log for why it dropped the object: a full disk, a filter script, or a rule that rejects SEG. Then reprocess the study.",
  },
  STORE_CONFLICT: {
    status: 502,
    scope: 'unit',
    outcome: 'failed',
    retryable: false,
    meaning: 'The archive has an object under the UID of the result that is another one.',
    advice:
      'Somebody else stored or changed it, or it was damaged. Look at the object (the study shows its UIDs), delete it in the archive, then reprocess the study.',
  },
  ...SOURCE_ERRORS,
  SYNTAX_UNSUPPORTED: {
    status: 415,
    scope: 'unit',
    outcome: 'unsupported',
    retryable: false,
    meaning:
      'The pixel data are compressed in a way that neither this service nor the archive decodes, video for instance.',
    advice: 'Let the archive transcode, or convert the study.',
  },
  PIXELS_INVALID: {
    status: 422,
    scope: 'unit',
    outcome: 'failed',
    retryable: false,
    meaning: 'The pixel data do not agree with their header, or are cut off.',
    advice: 'Send the study again from the device that made it: its pixel data are damaged.',
  },
  ...BOUND_ERRORS,
  PIXELS_UNSUPPORTED: {
    status: 422,
    scope: 'unit',
    outcome: 'unsupported',
    retryable: false,
    meaning:
      'The pixel data are valid, but of a kind that is not processed: too deep, of several focal planes, of an unknown colour space.',
    advice:
      'Nothing has to be done: the unit is marked as unsupported. To have it segmented, send it as 8- or 16-bit grey or RGB.',
  },
  MODEL_INVALID: {
    status: 500,
    scope: 'unit',
    outcome: 'failed',
    retryable: false,
    meaning: 'The model or its manifest is missing, damaged, or not what the settings ask for.',
    advice: 'Restore the model file and its manifest.',
  },
  MODEL_BROKEN: {
    status: 500,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning: 'The model of a running worker cannot be loaded any more. It takes no studies until it can.',
    advice: 'Restore the model file and its manifest on that machine; the worker tries again by itself.',
  },
  MODEL_REFUSED: {
    status: 422,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'A model did not pass its verification and was not made active.',
    advice: 'Look at what the verification says of it; the model that was active before stays.',
  },
  NO_WORKER: {
    status: 503,
    scope: 'process',
    outcome: 'failed',
    retryable: true,
    meaning: 'A question needs a worker, and none is running.',
    advice: 'Start a worker: `esp-medsam worker`, or look at its log if it should run.',
  },
  WORKER_TIMEOUT: {
    status: 504,
    scope: 'process',
    outcome: 'failed',
    retryable: true,
    meaning: 'No worker answered a question in time.',
    advice: 'Ask again later; the workers may be busy with a large study.',
  },
  ...ENGINE_ERRORS,
  SEG_INVALID: {
    status: 500,
    scope: 'unit',
    outcome: 'failed',
    retryable: false,
    meaning: 'The object that was built breaks a rule of DICOM, so it was not stored.',
    advice: 'Report this with the rule named in the message.',
  },
  LEDGER_UNREADABLE: {
    status: 500,
    scope: 'study',
    outcome: 'failed',
    retryable: false,
    meaning: 'What Redis keeps of a study is damaged, or was written by a newer version.',
    advice:
      'Run the study again (`POST /admin/v1/studies/{uid}/reprocess`): that writes its record anew. If a newer ' +
      'version wrote it, upgrade this process first.',
  },
  ...QUEUE_ERRORS,
  INTERNAL: {
    status: 500,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning: 'A mistake of this software.',
    advice: 'Find this correlation id in the log, and report what is written there. Trying again may help.',
  },
} as const satisfies Record<string, ErrorPolicy>;

export type ErrorCode = keyof typeof ERRORS;

/** An error of ours: a code of the catalogue and a message without health data. */
export class AppError extends Error {
  override readonly name = 'AppError';

  /** Names of the settings that are wrong, as `section.key`. */
  readonly settings: readonly string[];

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: { cause?: unknown; settings?: readonly string[] } = {},
  ) {
    super(message, options);
    this.settings = options.settings ?? [];
  }

  get scope(): ErrorScope {
    return ERRORS[this.code].scope;
  }

  get outcome(): ErrorPolicy['outcome'] {
    return ERRORS[this.code].outcome;
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

/** The code of anything thrown: of an AppError, or of an error of a library's class that carries one of ours. */
export function errorCodeOf(thrown: unknown): ErrorCode {
  const code = thrown instanceof Error ? (thrown as { code?: unknown }).code : undefined;
  return typeof code === 'string' && Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : 'INTERNAL';
}
