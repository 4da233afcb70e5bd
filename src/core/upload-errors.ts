import type { ErrorPolicy } from './error-policy.js';

/** The part of the catalogue that is about uploads (STOW-RS). */
export const UPLOAD_ERRORS = {
  STOW_INVALID: {
    status: 400,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'The body of a STOW-RS request is damaged or incomplete.',
    advice:
      'Send multipart/related as PS3.18 §10.5 describes it: the boundary named, parts, a closing delimiter.',
  },
  NESTED_TOO_DEEP: {
    status: 409,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning:
      'An uploaded object has sequences within sequences more levels deep than the settings allow: reading such an object can end an archive.',
    advice:
      'Send the others again without the object that the answer names. Raise dicomweb.maxNesting where the archive bears more levels.',
  },
  UPLOAD_TOO_SLOW: {
    status: 408,
    scope: 'process',
    outcome: 'failed',
    retryable: true,
    meaning: 'An upload stood still, or was slower than the settings allow.',
    advice:
      'Send again over a better connection, or raise dicomweb.idleSeconds or lower dicomweb.minBytesPerSecond.',
  },
  UPLOAD_TOO_LARGE: {
    status: 413,
    scope: 'process',
    outcome: 'failed',
    retryable: false,
    meaning: 'An upload is larger than the settings allow.',
    advice: 'Send fewer instances at a time, or raise dicomweb.maxUploadMegabytes.',
  },
} as const satisfies Record<string, ErrorPolicy>;
