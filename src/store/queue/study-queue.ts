import { randomUUID } from 'node:crypto';
import { Queue, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Settings } from '../../config/index.js';
import type { Uid } from '../../core/index.js';
import { noteWish } from './requested-priority.js';
import { untilOffPeak } from './off-peak.js';
import { isMoreUrgent, PRIORITIES, priorityNumber, priorityOf, type Priority } from './priority.js';
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
  close(): Promise<void>;
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
 * Opens the queue of studies on a connection of its caller's.
 * @param now the clock by which off-peak hours are kept
 */
export function openStudyQueue(
  redis: Redis,
  settings: Pick<Settings, 'redis' | 'worker' | 'queue'>,
  now: () => Date = () => new Date(),
): StudyQueue {
  const queue = new Queue<StudyJob>(STUDY_QUEUE, { connection: redis, prefix: settings.redis.prefix });
  // Without a listener BullMQ prints each failed reconnect, as ioredis does; see `connectRedis`.
  queue.on('error', () => undefined);

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
        const { id } = await queue.add('segment', data, {
          deduplication: { id: studyInstanceUid, keepLastIfActive: true },
          priority: priorityNumber(as),
          delay: as === 'offpeak' ? untilOffPeak(settings.queue, now()) : 0,
          attempts: settings.worker.attempts,
          backoff: { type: 'exponential', delay: settings.worker.backoffSeconds * 1000 },
          removeOnComplete: { age: 7 * 24 * 3600, count: 10_000 },
          removeOnFail: { age: 30 * 24 * 3600, count: 10_000 },
        });
        return id === undefined ? undefined : queue.getJob(id);
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
        // than another's is made again. Whoever adds last has noted before: it sees the wishes of all the others.
        const number = await noteWish(redis, settings.redis.prefix, kept.id, priorityNumber(priority));
        if (notedFor === kept.id && number === priorityNumber(added)) return correlationId;
        notedFor = kept.id;
        added = priorityOf({ priority: number });
      }
    },
    async counts() {
      const counts = await queue.getJobCounts(...WAITING, 'active', 'completed', 'failed');
      const { waiting = 0, prioritized = 0, ...others } = counts;
      return { waiting: waiting + prioritized, ...others };
    },
    async countsByPriority() {
      const counts = await queue.getCountsPerPriority([0, ...PRIORITIES.map(priorityNumber)]);
      const of = (name: Priority) => counts[String(priorityNumber(name))] ?? 0;
      return { urgent: of('urgent'), normal: of('normal') + (counts['0'] ?? 0), offpeak: of('offpeak') };
    },
    isPaused: () => queue.isPaused(),
    pause: () => queue.pause(),
    resume: () => queue.resume(),
    async find(studyInstanceUid) {
      const id = await queue.getDeduplicationJobId(studyInstanceUid);
      const job = id === null ? undefined : await queue.getJob(id);
      if (job === undefined) return undefined;
      const state = await job.getState();
      const known = state === 'prioritized' ? 'waiting' : state;
      if (known !== 'waiting' && known !== 'delayed' && known !== 'active') return undefined;
      return { state: known, attemptsMade: job.attemptsMade, priority: priorityOf(job) };
    },
    async waiting(limit) {
      const jobs = await queue.getJobs([...WAITING], 0, limit - 1, true);
      return jobs.slice(0, limit).map((job) => job.data.studyInstanceUid);
    },
    async remove(studyInstanceUid) {
      const id = await queue.getDeduplicationJobId(studyInstanceUid);
      const job = id === null ? undefined : await queue.getJob(id);
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
    close: () => queue.close(),
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
