import type { ErrorPolicy } from './error-policy.js';

/** The process that decodes and infers. */
export const ENGINE_ERRORS = {
  ENGINE_CRASHED: {
    status: 500,
    scope: 'unit',
    outcome: 'failed',
    retryable: true,
    meaning: 'The process that decodes and infers ended in the middle of a picture.',
    advice:
      'Look in the log for what happened before. If it repeats, give the worker more memory or lower worker.concurrency; if it is always the same study, keep it and report it.',
  },
  ENGINE_TIMEOUT: {
    status: 500,
    scope: 'unit',
    outcome: 'failed',
    retryable: true,
    meaning: 'A picture took longer than engine.deadlineSeconds.',
    advice: 'Raise engine.deadlineSeconds or use a faster machine.',
  },
  ENGINE_OUT_OF_MEMORY: {
    status: 500,
    scope: 'unit',
    outcome: 'failed',
    retryable: true,
    meaning: 'The memory of the GPU, or of the machine, is not enough for one pass through the network.',
    advice:
      'Let less use that memory: other programs on the GPU, or engines, each of which holds a copy of the network (worker.concurrency). With engine.gpuOutOfMemory: cpu the CPU takes over.',
  },
} as const satisfies Record<string, ErrorPolicy>;
