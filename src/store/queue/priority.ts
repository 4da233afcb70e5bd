/** Classes of studies, the most urgent first. */
export const PRIORITIES = ['urgent', 'normal', 'offpeak'] as const;
export type Priority = (typeof PRIORITIES)[number];

// BullMQ: 1 is served first, 0 before all. Gaps, so that a class can be put in between without touching kept jobs.
const NUMBERS: Readonly<Record<Priority, number>> = { urgent: 1, normal: 10, offpeak: 100 };

/** BullMQ's number of a class. */
export const priorityNumber = (priority: Priority): number => NUMBERS[priority];

/** The class of a job's number; what was queued before there were classes (0) is normal. */
export function priorityOf(job: { readonly priority: number }): Priority {
  return PRIORITIES.find((name) => NUMBERS[name] === job.priority) ?? 'normal';
}

/** Whether the first class is served before the second. */
export const isMoreUrgent = (one: Priority, other: Priority): boolean => NUMBERS[one] < NUMBERS[other];
