import type { ErrorPolicy } from './error-policy.js';

/** What an archive has, or no longer has, of a study's images. */
export const SOURCE_ERRORS = {
  SOURCES_GONE: {
    status: 502,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning: 'Images were deleted from the archive while they were segmented; nothing is stored for them.',
    advice:
      'Nothing, where the study was deleted on purpose: the next try sees what is left. Delete the result that the message names, if it names one.',
  },
  SOURCES_CHANGED: {
    status: 502,
    scope: 'unit',
    outcome: 'failed',
    retryable: true,
    meaning:
      'Images were overwritten or corrected in the archive while they were segmented; nothing is stored for them.',
    advice:
      'Nothing: the next try reads them as they are now. Run the study again when its sender has finished.',
  },
  SEVERAL_PATIENTS: {
    status: 409,
    scope: 'unit',
    outcome: 'failed',
    retryable: false,
    meaning:
      'The archive has an image under several patients with the same UIDs, by which none of the copies can be asked for.',
    advice:
      'Delete the image at each patient to whom it does not belong, then run the study again. Nothing is stored for it before.',
  },
  STUDY_EMPTY: {
    status: 404,
    scope: 'study',
    outcome: 'failed',
    retryable: true,
    meaning: 'The archive lists no instance of the study.',
    advice:
      'Check that the study is still in the archive, and that our log-in may see it. A study that was deleted needs nothing: discard it.',
  },
} as const satisfies Record<string, ErrorPolicy>;
