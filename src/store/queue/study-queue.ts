import { randomUUID } from 'node:crypto';
import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Settings } from '../../config/index.js';
import type { Uid } from '../../core/index.js';
import { untilOffPeak } from './off-peak.js';
import type { StoreKeys } from '../keys.js';
import { isMoreUrgent, PRIORITIES, priorityNumber, priorityOf, type Priority } from './priority.js';
import { requestPriority } from './requested-priority.js';
import type { StudyJob } from './study-job.js';

/** BullMQ's name of the queue; keys are `<prefix>:studies:*`. */
export const STUDY_QUEUE = 'studies';

/** States of a job that nobody works on yet. */
const WAITING = ['waiting', 'prioritized', 'delayed'] as const;

export interface EnqueueOptions {
  readonly priority?: Priority;
  readonly correlationId?: string;
  /** The W3C trace that the run continues. */
  readonly traceparent?: string | undefined;
}

/** The way into the queue. */
export interface StudyQueue {
  /**
   * Queues a study once: while it waits, further calls change nothing but raise it to a more urgent class; while
   * it runs, one more run follows, of the most urgent class of those that asked for it.
   * @param options.priority `normal` when not given; `offpeak` waits for the hours of settings.queue
   * @param options.correlationId of the round of arrival that asks for the run; a new one when not given
   * @returns the correlation id of the run that will see the study
   */
  enqueue(studyInstanceUid: Uid, options?: EnqueueOptions): Promise<string>;
  /** Jobs by state: `waiting` for a worker, whatever their class, `delayed`, `active`, `completed`, `failed`. */
  counts(): Promise<Record<string, number>>;
  /** Jobs that wait, by class; those that wait for off-peak hours or for their next try are not in it. */
  countsByPriority(): Promise<Record<Priority, number>>;
  isPaused(): Promise<boolean>;
  /** Workers take nothing more, everywhere and until `resume`, whatever restarts meanwhile. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** What a study has in the queue; undefined when it neither waits nor runs. */
  find(studyInstanceUid: Uid): Promise<QueuedStudy | undefined>;
  /** Studies that wait, oldest first. */
  waiting(limit: number): Promise<Uid[]>;
  /** Takes a study that waits out of the queue. @returns false when it does not wait (any more) */
  remove(studyInstanceUid: Uid): Promise<boolean>;
  /** Age in ms of the oldest urgent or normal study that waits; undefined when none does. Off-peak ones may wait. */
  oldestWaiting(now: number): Promise<number | undefined>;
}

/** A study's place in the queue. */
export interface QueuedStudy {
  /** `delayed`: for its next try, or for off-peak hours. */
  readonly state: 'waiting' | 'delayed' | 'active';
  /** Tries that have ended. */
  readonly attemptsMade: number;
  readonly priority: Priority;
}

/**
 * The queue of studies.
 * @param open gives BullMQ's queue, which is opened when it is first needed
 * @param now the clock by which off-peak hours are kept
 */
export function openStudyQueue(dependencies: {
  redis: Redis;
  keys: StoreKeys['queue'];
  open: () => Queue<StudyJob>;
  settings: Pick<Settings, 'worker' | 'queue'>;
  now: () => Date;
}): StudyQueue {
  const { redis, keys, open, settings, now } = dependencies;

  async function countsByPriority(): Promise<Record<Priority, number>> {
    const counts = await open().getCountsPerPriority([0, ...PRIORITIES.map(priorityNumber)]);
    const of = (name: Priority) => counts[String(priorityNumber(name))] ?? 0;
    return { urgent: of('urgent'), normal: of('normal') + (counts['0'] ?? 0), offpeak: of('offpeak') };
  }

  return {
    async enqueue(studyInstanceUid, options = {}) {
      const { priority = 'normal', correlationId = randomUUID(), traceparent } = options;
      const data: StudyJob = {
        studyInstanceUid,
        correlationId,
        queuedAt: new Date().toISOString(),
        ...(traceparent === undefined ? {} : { traceparent }),
      };
      /** Adds the study, or finds the job that it has. */
      const add = async (as: Priority) => {
        // Not jobId: a kept job with the same id would silently swallow the addition.
        const { id } = await open().add('segment', data, {
          deduplication: { id: studyInstanceUid, keepLastIfActive: true },
          priority: priorityNumber(as),
          delay: as === 'offpeak' ? untilOffPeak(settings.queue, now()) : 0,
          attempts: settings.worker.attempts,
          backoff: { type: 'exponential', delay: settings.worker.backoffSeconds * 1000 },
          removeOnComplete: { age: 7 * 24 * 3600, count: 10_000 },
          removeOnFail: { age: 30 * 24 * 3600, count: 10_000 },
        });
        return id === undefined ? undefined : open().getJob(id);
      };

      let added = priority;
      let notedFor: string | undefined;
      for (;;) {
        const kept = await add(added);
        if (kept?.id === undefined) return correlationId;
        const ours = kept.data.correlationId === correlationId && kept.data.queuedAt === data.queuedAt;
        if (ours || !(await kept.isActive())) {
          await raise(kept, added);
          return kept.data.correlationId;
        }
        // It runs, and ours is the run that follows. BullMQ keeps the last addition only, so one that was less urgent
        // than another's is made again. Whoever adds last has noted before: it sees the priorities that all the others requested.
        const number = await requestPriority(redis, keys, kept.id, priorityNumber(priority));
        if (notedFor === kept.id && number === priorityNumber(added)) return correlationId;
        notedFor = kept.id;
        added = priorityOf({ priority: number });
      }
    },
    async counts() {
      const counts = await open().getJobCounts(...WAITING, 'active', 'completed', 'failed');
      const { waiting = 0, prioritized = 0, ...others } = counts;
      return { waiting: waiting + prioritized, ...others };
    },
    countsByPriority,
    isPaused: () => open().isPaused(),
    pause: () => open().pause(),
    resume: () => open().resume(),
    async find(studyInstanceUid) {
      const id = await open().getDeduplicationJobId(studyInstanceUid);
      const job = id === null ? undefined : await open().getJob(id);
      if (job === undefined) return undefined;
      const state = await job.getState();
      const known = state === 'prioritized' ? 'waiting' : state;
      if (known !== 'waiting' && known !== 'delayed' && known !== 'active') return undefined;
      return { state: known, attemptsMade: job.attemptsMade, priority: priorityOf(job) };
    },
    async waiting(limit) {
      const jobs = await open().getJobs([...WAITING], 0, limit - 1, true);
      return jobs.slice(0, limit).map((job) => job.data.studyInstanceUid);
    },
    async remove(studyInstanceUid) {
      const id = await open().getDeduplicationJobId(studyInstanceUid);
      const job = id === null ? undefined : await open().getJob(id);
      if (job === undefined || !(await isWaiting(job))) return false;
      try {
        await job.remove();
        return true;
      } catch (error) {
        // A worker has taken it meanwhile; its lock guards it.
        if (await isWaiting(job)) throw error;
        return false;
      }
    },
    async oldestWaiting(at) {
      const { urgent = 0 } = await countsByPriority();
      // Within a class the first is the oldest; classes stand one behind the other.
      const first = await Promise.all([
        open().getJobs(['waiting'], 0, 0, true),
        open().getJobs(['prioritized'], 0, 0, true),
        open().getJobs(['prioritized'], urgent, urgent, true),
      ]);
      // A job that was taken between the list and its reading is undefined.
      const jobs = (first.flat() as (Job | undefined)[]).filter((job) => job !== undefined);
      const waiting = jobs.filter(({ priority }) => priority < priorityNumber('offpeak'));
      if (waiting.length === 0) return undefined;
      return Math.max(0, at - Math.min(...waiting.map(({ timestamp }) => timestamp)));
    },
  };
}

/** Moves a job that waits to a more urgent class, out of the wait for off-peak hours too. */
async function raise(job: Job<StudyJob>, priority: Priority): Promise<void> {
  const before = priorityOf(job);
  if (!isMoreUrgent(priority, before)) return;
  await job.changePriority({ priority: priorityNumber(priority) });
  if (before !== 'offpeak' || !(await job.isDelayed())) return;
  // It may have left the set of delayed jobs just now: then it waits as it should.
  await job.promote().catch(async (error: unknown) => {
    if (await job.isDelayed()) throw error;
  });
}

async function isWaiting(job: Job<StudyJob>): Promise<boolean> {
  return (WAITING as readonly string[]).includes(await job.getState());
}
