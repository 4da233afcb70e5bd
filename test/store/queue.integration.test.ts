import { Queue, Worker, type Job } from 'bullmq';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/index.js';
import type { Uid } from '../../src/core/index.js';
import { deferToOffPeak, STUDY_QUEUE, type StudyQueue } from '../../src/store/index.js';
import { openStore } from '../../src/store/open-store.js';
import { connectRedis } from '../../src/store/redis/connect.js';
import type { StudyJob } from '../../src/store/queue/study-job.js';
import { eventually, PROJECT_ROOT } from '../support/stack.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

let server: TestRedis;
let queue: StudyQueue;
let inside: Queue<StudyJob>;
let worker: Worker | undefined;
let clock: Date;

const noon = new Date(2026, 5, 10, 12, 0);
const midnight = new Date(2026, 5, 11, 0, 0);
const HOUR = 3_600_000;
const uid = (n: number) => `1.2.3.${n}` as Uid;
const settings = () =>
  loadSettings(PROJECT_ROOT, {
    ESP_REDIS_URL: server.url,
    ESP_QUEUE_OFFPEAK_FROM: '20:00',
    ESP_QUEUE_OFFPEAK_TO: '06:00',
  });

beforeAll(async () => {
  server = await startTestRedis();
});
afterAll(() => server?.close());
beforeEach(async () => {
  await server.redis.flushall();
  clock = noon;
  ({ queue } = openStore(server.redis, settings(), { now: () => clock }));
  inside = new Queue(STUDY_QUEUE, { connection: server.redis, prefix: 'esp' });
});
afterEach(async () => {
  await worker?.close();
  worker = undefined;
});

/** A worker like ours that only notes what it takes. */
function startWorker(work: (job: Job<StudyJob>) => Promise<void> = async () => undefined): string[] {
  const taken: string[] = [];
  const connection = connectRedis(server, 'waiting');
  worker = new Worker<StudyJob>(
    STUDY_QUEUE,
    async (job, token) => {
      await deferToOffPeak(job, token, settings().queue, clock);
      taken.push(job.data.studyInstanceUid);
      await work(job);
    },
    { connection, prefix: 'esp' },
  );
  worker.on('closed', () => connection.disconnect());
  return taken;
}

const jobOf = async (study: Uid) => (await inside.getJob((await inside.getDeduplicationJobId(study))!))!;

describe('priority classes', () => {
  it('urgent is taken before normal, normal before off-peak, whatever came first', async () => {
    clock = midnight;
    await queue.enqueue(uid(1), { priority: 'offpeak' });
    await queue.enqueue(uid(2));
    await queue.enqueue(uid(3), { priority: 'urgent' });
    await queue.enqueue(uid(4));
    expect(await queue.countsByPriority()).toEqual({ urgent: 1, normal: 2, offpeak: 1 });
    const taken = startWorker();
    await eventually('all four', async () => taken.length === 4);
    expect(taken).toEqual([uid(3), uid(2), uid(4), uid(1)]);
  });

  it('a study that waits is raised by a more urgent call, never lowered, and stays one job', async () => {
    const first = await queue.enqueue(uid(1));
    await queue.enqueue(uid(2));
    expect(await queue.enqueue(uid(2), { priority: 'urgent' })).not.toBe(first);
    expect(await queue.enqueue(uid(2))).toBe((await jobOf(uid(2))).data.correlationId);
    expect(await queue.countsByPriority()).toEqual({ urgent: 1, normal: 1, offpeak: 0 });
    const taken = startWorker();
    await eventually('both', async () => taken.length === 2);
    expect(taken).toEqual([uid(2), uid(1)]);
  });

  it('returns the correlation id of the run that will see the study', async () => {
    const first = await queue.enqueue(uid(1));
    expect(await queue.enqueue(uid(1))).toBe(first);
    let release = () => undefined as void;
    const runs: string[] = [];
    startWorker((job) => {
      runs.push(job.data.correlationId);
      return runs.length > 1 ? Promise.resolve() : new Promise((resolve) => (release = resolve));
    });
    await eventually('the first run', async () => runs.length === 1);
    const second = await queue.enqueue(uid(1), { priority: 'urgent' });
    const third = await queue.enqueue(uid(1));
    release();
    await eventually('the run that follows', async () => runs.length === 2);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(runs).toEqual([first, third]);
  });
});

describe('the run that follows one under way', () => {
  let ends: (() => void)[];

  /** Takes the study and holds every run of it until the test ends that run. */
  async function hold(): Promise<void> {
    ends = [];
    startWorker(() => new Promise((resolve) => ends.push(resolve)));
    await queue.enqueue(uid(1));
    await eventually('the run under way', async () => ends.length === 1);
  }

  /** Ends the run under way while nothing more is taken. @returns the job that follows */
  async function follower(): Promise<Job<StudyJob>> {
    await queue.pause();
    const { completed = 0 } = await queue.counts();
    ends.at(-1)!();
    await eventually('the end of the run', async () => (await queue.counts()).completed === completed + 1);
    return jobOf(uid(1));
  }

  it.each([
    [['urgent', 'normal'], 1],
    [['urgent', 'offpeak', 'offpeak'], 1],
    [['offpeak', 'normal', 'offpeak'], 10],
    [['normal', 'urgent'], 1],
    [['offpeak'], 100],
  ] as const)('has the most urgent class of those that asked for it: %j', async (classes, number) => {
    await hold();
    for (const priority of classes) await queue.enqueue(uid(1), { priority });
    const { priority, delay } = await follower();
    expect({ priority, delay }).toEqual({ priority: number, delay: number === 100 ? 8 * HOUR : 0 });
  });

  it('has it also when all ask at the same time', async () => {
    await hold();
    const classes = ['offpeak', 'urgent', 'normal', 'offpeak', 'normal', 'offpeak', 'offpeak'] as const;
    await Promise.all(classes.map((priority) => queue.enqueue(uid(1), { priority })));
    expect((await follower()).priority).toBe(1);
  });

  it('is not made more urgent by those whom an earlier run has served', async () => {
    await hold();
    await queue.enqueue(uid(1), { priority: 'urgent' });
    expect((await follower()).priority).toBe(1);
    await queue.resume();
    await eventually('the run that follows', async () => ends.length === 2);
    await queue.enqueue(uid(1), { priority: 'offpeak' });
    await queue.enqueue(uid(1));
    expect((await follower()).priority).toBe(10);
  });
});

describe('off-peak', () => {
  it('waits for its hours, and is taken within them', async () => {
    await queue.enqueue(uid(1), { priority: 'offpeak' });
    expect((await jobOf(uid(1))).delay).toBe(8 * HOUR);
    expect(await queue.counts()).toMatchObject({ delayed: 1, waiting: 0 });
    clock = midnight;
    await queue.enqueue(uid(2), { priority: 'offpeak' });
    const taken = startWorker();
    await eventually('the one of the night', async () => taken.length > 0);
    expect(taken).toEqual([uid(2)]);
  });

  it('is put back when it is taken outside its hours, without counting as a try', async () => {
    clock = midnight;
    await queue.enqueue(uid(1), { priority: 'offpeak' });
    clock = noon;
    const taken = startWorker();
    await eventually('the job put back', async () => (await queue.counts()).delayed === 1);
    const job = await jobOf(uid(1));
    expect(job.delay).toBeGreaterThan(7.9 * HOUR);
    expect(job.attemptsMade).toBe(0);
    expect(taken).toEqual([]);
  });

  it('does not wait any more once somebody asks for the study in a higher class', async () => {
    await queue.enqueue(uid(1), { priority: 'offpeak' });
    await queue.enqueue(uid(1));
    const taken = startWorker();
    await eventually('the study', async () => taken.length === 1);
  });
});

describe('steering', () => {
  it('pauses for every worker and resumes', async () => {
    await queue.pause();
    expect(await queue.isPaused()).toBe(true);
    const taken = startWorker();
    await queue.enqueue(uid(1));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(taken).toEqual([]);
    await queue.resume();
    await eventually('the study', async () => taken.length === 1);
  });

  it('removes what waits; the study can be queued again', async () => {
    await queue.enqueue(uid(1));
    await queue.enqueue(uid(2), { priority: 'offpeak' });
    expect(new Set(await queue.waiting(10))).toEqual(new Set([uid(1), uid(2)]));
    expect(await queue.remove(uid(1))).toBe(true);
    expect(await queue.remove(uid(2))).toBe(true);
    expect(await queue.remove(uid(3))).toBe(false);
    expect(await queue.waiting(10)).toEqual([]);
    const again = await queue.enqueue(uid(1));
    expect((await jobOf(uid(1))).data.correlationId).toBe(again);
  });

  it('does not remove a study that runs', async () => {
    let release = () => undefined as void;
    const taken = startWorker(() => new Promise((resolve) => (release = resolve)));
    await queue.enqueue(uid(1));
    await eventually('the run', async () => taken.length === 1);
    expect(await queue.remove(uid(1))).toBe(false);
    release();
    await eventually('the end', async () => (await queue.counts()).completed === 1);
  });
});
