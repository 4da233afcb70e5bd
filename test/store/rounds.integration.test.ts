import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pino } from 'pino';
import { loadSettings } from '../../src/config/index.js';
import type { Uid } from '../../src/core/index.js';
import { type IntakeHooks, openQuietPeriod, type QuietPeriod } from '../../src/intake/index.js';
import type { Ledger, StudyQueue } from '../../src/store/index.js';
import type { EnqueueOptions } from '../../src/store/queue/study-queue.js';
import { PROJECT_ROOT } from '../support/stack.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const STUDY = '1.2.3.4' as Uid;
const LATER = () => Date.now() + 60_000;
const log = pino({ level: 'silent' });

let server: TestRedis;
let ledger: Ledger;
let queue: StudyQueue;
/** What was asked of the queue. */
let asked: EnqueueOptions[];
let signals: Parameters<IntakeHooks['signalled']>[0][];
let quiet: QuietPeriod;
/** Called while a study is being queued. */
let meanwhile: () => Promise<unknown>;

beforeAll(async () => {
  server = await startTestRedis();
});
afterAll(() => server?.close());
beforeEach(async () => {
  await server.redis.flushall();
  const settings = loadSettings(PROJECT_ROOT, { ESP_REDIS_URL: server.url });
  const store = server.open();
  ({ ledger, queue } = store);
  asked = [];
  signals = [];
  meanwhile = async () => undefined;
  quiet = openQuietPeriod({
    store: {
      ...store,
      queue: {
        ...queue,
        async enqueue(study, options = {}) {
          asked.push(options);
          const id = await queue.enqueue(study, options);
          await meanwhile();
          return id;
        },
      },
    },
    settings,
    log,
    watch: {
      signalled: async (signal) => void signals.push(signal),
      refused: () => undefined,
      queued: ({ correlationId }) => `trace of ${correlationId}`,
    },
  });
});

const idsOf = async (event: string) =>
  (await ledger.events(STUDY))
    .filter((line) => line.event === event)
    .map(({ detail }) => detail!.correlationId);

describe('a round of arrival', () => {
  it('has one id from its first signal to the job, and the next round another', async () => {
    await quiet.signal(STUDY, 'stow');
    await quiet.signal(STUDY, 'changes');
    await quiet.queueDue(LATER());
    const [first, second] = await idsOf('signal');
    expect(second).toBe(first);
    expect(asked).toEqual([{ correlationId: first, traceparent: `trace of ${String(first)}` }]);
    expect(await idsOf('queued')).toEqual([first]);
    expect((await ledger.record(STUDY))!.correlationId).toBe(first);
    expect(signals).toEqual([
      { source: 'stow', first: true, known: false },
      { source: 'changes', first: false, known: true },
    ]);

    await ledger.update(STUDY, { state: 'done', outcome: 'empty' });
    await quiet.signal(STUDY, 'hook');
    const third = (await idsOf('signal'))[2];
    expect(third).not.toBe(first);
    // A finished study stays as it is until a run is really to be made.
    expect(await ledger.record(STUDY)).toMatchObject({ state: 'done', correlationId: first });
    await quiet.queueDue(LATER());
    expect(await ledger.record(STUDY)).toMatchObject({ state: 'queued', correlationId: third });
    expect(signals.at(-1)).toEqual({ source: 'hook', first: true, known: true });
  });

  it('that tells of nothing but our own results changes nothing and queues nothing', async () => {
    const state = { sources: 'as the last run saw them', results: ['1.2.3.9'] };
    const asking = openQuietPeriod({
      store: server.open(),
      settings: loadSettings(PROJECT_ROOT, { ESP_REDIS_URL: server.url }),
      orthanc: { studyState: async () => state },
      log,
    });
    const unit = {
      outcome: 'segmented' as const,
      reasons: [],
      sourceSeriesUid: '1',
      sourceInstanceUids: ['1.1'],
    };
    const units = [{ ...unit, segSeriesUid: '1.2.3.9', segInstanceUid: '1.2.3.9.1' }];
    const done = { state: 'done', outcome: 'segmented', units, archiveState: state.sources } as const;
    await ledger.update(STUDY, done);
    const before = await ledger.record(STUDY);
    await asking.signal(STUDY, 'changes');
    await asking.queueDue(LATER());
    expect(await ledger.record(STUDY)).toEqual(before);
    expect(await queue.find(STUDY)).toBeUndefined();

    // Neither do those of a run that goes on: it has seen the images, and what comes are its results.
    await queue.enqueue(STUDY);
    await ledger.update(STUDY, { state: 'running' });
    await asking.signal(STUDY, 'changes');
    await asking.queueDue(LATER());
    expect(await idsOf('queued')).toEqual([]);
    // Where that run was lost, its record does not hold up the next one.
    await queue.remove(STUDY);
    await asking.signal(STUDY, 'changes');
    await asking.queueDue(LATER());
    expect(await idsOf('queued')).toHaveLength(1);
    await queue.remove(STUDY);

    // An upload is always looked at, a lost result is made anew, and so is a study with other images.
    for (const [source, there] of [
      ['stow', state],
      ['changes', { ...state, results: [] }],
      ['changes', { ...state, sources: 'other images' }],
    ] as const) {
      await ledger.update(STUDY, { ...done, archiveState: state.sources });
      const now = openQuietPeriod({
        store: server.open(),
        settings: loadSettings(PROJECT_ROOT, { ESP_REDIS_URL: server.url }),
        orthanc: { studyState: async () => there },
        log,
      });
      await now.signal(STUDY, source);
      await now.queueDue(LATER());
      expect((await ledger.record(STUDY))!.state).toBe('queued');
      await queue.remove(STUDY);
    }
  });

  it('that gets a signal while it is queued is queued again under another id', async () => {
    await quiet.signal(STUDY, 'stow');
    meanwhile = () => quiet.signal(STUDY, 'changes');
    await quiet.queueDue(LATER());
    meanwhile = async () => undefined;
    expect(await server.redis.zcard('esp:intake:quiet')).toBe(1);
    await quiet.queueDue(LATER());
    expect(asked).toHaveLength(2);
    expect(asked[1]!.correlationId).not.toBe(asked[0]!.correlationId);
    // The study waits already: the run that will see it has the first id, and the line says which round has joined.
    const lines = (await ledger.events(STUDY)).filter(({ event }) => event === 'queued');
    expect(lines.map(({ detail }) => detail)).toEqual([
      { correlationId: asked[0]!.correlationId },
      { correlationId: asked[0]!.correlationId, round: asked[1]!.correlationId },
    ]);
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
  });

  it('that begins while the study runs leaves the running one’s id alone', async () => {
    await ledger.update(STUDY, { state: 'running', correlationId: 'of-the-run' });
    await quiet.signal(STUDY, 'changes');
    expect((await ledger.record(STUDY))!.correlationId).toBe('of-the-run');
    expect(await idsOf('signal')).not.toContain('of-the-run');
  });

  it('kept by an earlier version, without an id, is queued all the same', async () => {
    await server.redis.zadd('esp:intake:quiet', 1, STUDY);
    expect(await quiet.queueDue()).toBe(1);
    expect(asked[0]!.correlationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await server.redis.zcard('esp:intake:quiet')).toBe(0);
  });

  it('is due by Redis’ clock: a gateway that is an hour ahead puts no study off', async () => {
    const hourAhead = Date.now() + 3_600_000;
    const clock = vi.spyOn(Date, 'now').mockReturnValue(hourAhead);
    try {
      await quiet.signal(STUDY, 'changes');
    } finally {
      clock.mockRestore();
    }
    const due = Number(await server.redis.zscore('esp:intake:quiet', STUDY));
    expect(due).toBeLessThan(hourAhead - 1_800_000);
  });

  it('that was noted before Redis’ clock was set back by an hour is queued at once', async () => {
    await quiet.signal(STUDY, 'changes');
    expect(await quiet.queueDue(Date.now() - 3_600_000)).toBe(1);
  });

  it('leaves nothing behind once it is queued', async () => {
    await quiet.signal(STUDY, 'stow');
    await quiet.queueDue(LATER());
    expect(await server.redis.exists('esp:intake:quiet', 'esp:intake:rounds')).toBe(0);
  });
});
