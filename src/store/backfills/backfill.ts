import { z } from 'zod';
import { PRIORITIES } from '../queue/priority.js';

/** What a backfill is and how far it has come. */
export const backfillSchema = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'cancelled']).describe('`done`: all are in the queue, not yet processed'),
  total: z.number().int().describe('studies to be queued'),
  done: z.number().int().describe('studies queued so far'),
  perMinute: z.number().int(),
  priority: z.enum(PRIORITIES),
  actor: z.string().describe('who started it'),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
});

/** A list of studies that are queued again, so many a minute. */
export type Backfill = z.infer<typeof backfillSchema>;

/** What is chosen when one is started. */
export type BackfillPlan = Pick<Backfill, 'perMinute' | 'priority' | 'actor'>;
