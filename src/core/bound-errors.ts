import type { ErrorPolicy } from './error-policy.js';

/** Runs that end before their study does: by a limit of the settings, or by somebody's wish. */
export const BOUND_ERRORS = {
  BUDGET_EXCEEDED: {
    status: 422,
    scope: 'unit',
    outcome: 'unsupported',
    retryable: false,
    meaning: 'The study is larger, or takes longer, than the settings allow one study to be.',
    advice:
      'Nothing has to be done: images beyond the limit are marked as unsupported. To have them segmented, raise the setting that the message names and reprocess the study.',
  },
  CANCELLED: {
    status: 409,
    scope: 'study',
    outcome: 'failed',
    retryable: false,
    meaning: 'Somebody stopped the study while it ran.',
    advice: 'Run the study again with "Reprocess" to have it segmented after all.',
  },
} as const satisfies Record<string, ErrorPolicy>;
