import { DelayedError, type Job } from 'bullmq';
import { untilOffPeak, type OffPeakHours } from './off-peak.js';
import { priorityOf } from './priority.js';

/**
 * Puts an off-peak job that was taken outside its hours back until they begin: its delay may have been computed
 * with other hours, or it comes back from a failed try. Counts as no try.
 * @throws DelayedError which BullMQ's worker understands, when the job was put back
 */
export async function deferToOffPeak(
  job: Job,
  token: string | undefined,
  hours: OffPeakHours,
  now: Date = new Date(),
): Promise<void> {
  if (priorityOf(job) !== 'offpeak') return;
  const wait = untilOffPeak(hours, now);
  if (wait === 0) return;
  await job.moveToDelayed(Date.now() + wait, token);
  throw new DelayedError();
}
