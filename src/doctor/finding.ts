import { z } from 'zod';

/** How a check ended. `skipped`: it could not be asked, and `found` says why. */
export const FINDING_STATUS = ['ok', 'warn', 'fail', 'skipped'] as const;
export type FindingStatus = (typeof FINDING_STATUS)[number];

/** One check's answer, as the terminal and REST show it. No health data, no secret. */
export const findingSchema = z.object({
  id: z.string().describe('stable name of the check, such as `redis.eviction`'),
  title: z.string().describe('what was checked'),
  status: z
    .enum(FINDING_STATUS)
    .describe('`fail` keeps studies from being processed or kept; `skipped` could not be asked'),
  found: z.string().describe('what was found'),
  advice: z.string().describe('what to do; empty when there is nothing to do'),
  setting: z
    .string()
    .optional()
    .describe('the setting to change: ours with its environment variable, or that of Orthanc or Redis'),
  seconds: z.number().describe('how long the check took'),
});
export type Finding = z.infer<typeof findingSchema>;

/** All findings; `ok` when none failed. */
export const reportSchema = z.object({
  ok: z.boolean().describe('true when no check failed'),
  at: z.iso.datetime(),
  checks: z.array(findingSchema),
});
export type DoctorReport = z.infer<typeof reportSchema>;

/** What a check says; its name is added by the runner. */
export type Verdict = Pick<Finding, 'status' | 'found' | 'advice' | 'setting'>;

/** Everything is as it should be. */
export const ok = (found: string, advice = ''): Verdict => ({ status: 'ok', found, advice });

/** It could not be asked, or is not needed in this set-up. */
export const skipped = (found: string, advice = ''): Verdict => ({ status: 'skipped', found, advice });

/** Works, but will surprise somebody. */
export const warn = (found: string, advice: string, setting?: string): Verdict => ({
  status: 'warn',
  found,
  advice,
  ...(setting ? { setting } : {}),
});

/** Studies are not processed, or results can be lost. */
export const fail = (found: string, advice: string, setting?: string): Verdict => ({
  ...warn(found, advice, setting),
  status: 'fail',
});
