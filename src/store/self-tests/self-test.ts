import { z } from 'zod';

/** The steps of a self-test, in their order. */
export const STEPS = {
  make: 'Make a synthetic study',
  store: 'Store it in the archive (STOW-RS)',
  arrive: 'The gateway notices it',
  process: 'A worker segments it',
  verify: 'The SEG is in the archive (QIDO-RS, WADO-RS)',
  remove: 'Remove the study from archive and ledger',
} as const;
export type StepName = keyof typeof STEPS;

const stepSchema = z.object({
  name: z.enum(Object.keys(STEPS) as [StepName, ...StepName[]]),
  title: z.string(),
  status: z.enum(['waiting', 'running', 'ok', 'failed', 'skipped']),
  seconds: z.number().optional(),
  detail: z.string().optional().describe('what was seen, or what went wrong and what to do'),
});

/** A self-test as it goes on. */
export const selfTestSchema = z.object({
  id: z.string(),
  state: z.enum(['running', 'passed', 'failed']),
  startedAt: z.iso.datetime(),
  seconds: z.number(),
  steps: z.array(stepSchema),
  studyInstanceUid: z.string().describe('the synthetic study; nobody belongs to it'),
  removed: z
    .boolean()
    .describe(
      'whether archive and ledger no longer have it; else delete the study of patient ESP-MEDSAM-DOCTOR by hand',
    ),
});

export type SelfTest = z.infer<typeof selfTestSchema>;
export type SelfTestStep = z.infer<typeof stepSchema>;
