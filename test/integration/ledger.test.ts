import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/index.js';
import type { Uid, UnitResult } from '../../src/core/index.js';
import { openLedger, type FinishedRun, type Ledger, type StudyFilter } from '../../src/ledger/index.js';
import { PROJECT_ROOT } from '../support/stack.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const settings = loadSettings(PROJECT_ROOT, {});
const uid = (n: number) => `1.2.3.${n}` as Uid;
const unit = (
  channel: UnitResult['channel'],
  score: number,
  outcome: UnitResult['outcome'] = 'segmented',
) => ({
  outcome,
  channel,
  score,
  reasons: [],
  sourceSeriesUid: '1.2',
  sourceInstanceUids: ['1.2.3'],
});

let server: TestRedis;
let ledger: Ledger;

beforeAll(async () => {
  server = await startTestRedis();
  ledger = openLedger(server.redis, settings.redis);
});
afterAll(() => server?.close());
beforeEach(() => server.redis.flushall());

/** All pages of a filter, in their order. */
async function all(filter: StudyFilter, limit = 2): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ledger.list({ filter, limit, cursor });
    expect(page.studies.length).toBeLessThanOrEqual(limit);
    found.push(...page.studies.map((study) => study.studyInstanceUid));
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

describe('the list of studies', () => {
  it('is paged newest first without loss or repeat, also where times are equal', async () => {
    for (let n = 0; n < 25; n += 1) await ledger.update(uid(n), { state: 'done', outcome: 'empty' });
    // Equal times, more of them than a page: only the UID tells them apart.
    for (let n = 0; n < 12; n += 1) await server.redis.zadd('esp:ledger:index:outcome:empty', 5000, uid(n));
    const found = await all({ outcome: 'empty' }, 5);
    expect(found).toHaveLength(25);
    expect(new Set(found).size).toBe(25);
    expect(found.slice(0, 13)).toEqual(Array.from({ length: 13 }, (_, i) => uid(24 - i)));
  });

  it('follows a study from filter to filter as it changes', async () => {
    await ledger.update(uid(1), { state: 'queued' });
    expect(await all({ state: 'queued' })).toEqual([uid(1)]);
    await ledger.update(uid(1), { state: 'done', outcome: 'segmented', units: [unit('xray', 0.9)] });
    expect(await all({ state: 'queued' })).toEqual([]);
    expect(await all({ outcome: 'segmented', channel: 'xray', state: 'done' })).toEqual([uid(1)]);
    await ledger.update(uid(1), {
      outcome: 'failed',
      units: [{ ...unit('xray', 0.9), outcome: 'superseded' }],
    });
    expect(await all({ channel: 'xray' })).toEqual([]);
    expect(await all({ outcome: 'segmented' })).toEqual([]);
    expect(await all({ quarantined: true })).toEqual([uid(1)]);
    await ledger.update(uid(1), { discarded: { at: new Date().toISOString(), actor: 'somebody' } });
    expect(await all({ quarantined: true })).toEqual([]);
    expect(await all({ outcome: 'failed' })).toEqual([uid(1)]);
    await ledger.update(uid(1), { discarded: undefined });
    expect(await all({ quarantined: true })).toEqual([uid(1)]);
    await ledger.remove(uid(1));
    expect(await all({})).toEqual([]);
    expect(await server.redis.keys('esp:ledger:*')).toEqual([]);
  });

  it('filters by the lowest score and by time', async () => {
    await ledger.update(uid(1), { outcome: 'segmented', units: [unit('xray', 0.9), unit('xray', 0.4)] });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const between = Date.now();
    await ledger.update(uid(2), { outcome: 'segmented', units: [unit('fundus', 0.8)] });
    expect(await all({ maxScore: 0.5 })).toEqual([uid(1)]);
    expect(await all({ minScore: 0.5 })).toEqual([uid(2)]);
    expect(await all({ from: between })).toEqual([uid(2)]);
    expect(await all({ to: between - 1 })).toEqual([uid(1)]);
    expect((await ledger.list({ filter: { outcome: 'segmented', from: between }, limit: 9 })).total).toBe(1);
  });

  it('ends a page after some thousand records looked at, and goes on from there', async () => {
    for (let start = 0; start < 5000; start += 500) {
      await Promise.all(
        Array.from({ length: 500 }, (_, n) =>
          ledger.update(uid(start + n), { outcome: 'segmented', units: [unit('xray', 0.9)] }),
        ),
      );
    }
    await server.redis.hset('esp:ledger:study:1.2.3.0', 'units', JSON.stringify([unit('xray', 0.1)]));
    const page = await ledger.list({ filter: { maxScore: 0.5 }, limit: 10 });
    expect(page.studies).toEqual([]);
    expect(page.next).toBeDefined();
    expect(await all({ maxScore: 0.5 }, 10)).toEqual([uid(0)]);
  });

  it('does not take a cursor that no page gave', async () => {
    for (const cursor of [
      'x',
      Buffer.from('1 ../x').toString('base64url'),
      Buffer.from('1').toString('base64url'),
    ]) {
      await expect(ledger.list({ filter: {}, limit: 1, cursor })).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
      });
    }
  });
});

describe('the timeline', () => {
  it('is in the order in which things happened, not in that of their being written', async () => {
    const queued = new Date();
    await new Promise((resolve) => setTimeout(resolve, 3));
    await ledger.addEvent(uid(1), 'started');
    await ledger.addEvent(uid(1), 'queued', { n: 1 }, queued);
    await ledger.addEvent(uid(1), 'unit');
    expect((await ledger.events(uid(1))).map(({ event }) => event)).toEqual(['queued', 'started', 'unit']);
  });
});

describe('records of an earlier version', () => {
  it('are found after the start, in their order, once the index is made', async () => {
    const times = ['2024-01-01T10:00:00.000Z', '2024-01-02T10:00:00.000Z'];
    for (const [n, time] of times.entries()) {
      const record = {
        studyInstanceUid: uid(n),
        state: 'done',
        outcome: 'failed',
        units: [unit('xray', 1, 'failed')],
        attempts: 5,
        firstSeen: time,
        updatedAt: time,
      };
      const fields = Object.entries(record).map(([key, value]) => [key, JSON.stringify(value)] as const);
      await server.redis.hset(`esp:ledger:study:${uid(n)}`, Object.fromEntries(fields));
      await server.redis.zadd('esp:ledger:studies', Date.parse(time), uid(n));
    }
    // One that is listed but has no record any more must not come to life.
    await server.redis.zadd('esp:ledger:studies', 7, uid(9));
    expect(await all({ quarantined: true })).toEqual([]);
    await Promise.all([ledger.prepare(), openLedger(server.redis, settings.redis).prepare()]);
    expect(await all({ quarantined: true })).toEqual([uid(1), uid(0)]);
    expect(await all({ channel: 'xray' })).toEqual([uid(1), uid(0)]);
    expect((await ledger.record(uid(0)))?.updatedAt).toBe(times[0]);
    expect(await ledger.record(uid(9))).toBeUndefined();
    expect(await ledger.runs.arrivals(0, Date.now())).toEqual(times.map((time) => Date.parse(time)));
    // Made once: what is taken out by hand stays out.
    await server.redis.del('esp:ledger:index:quarantine');
    await ledger.prepare();
    expect(await all({ quarantined: true })).toEqual([]);
  });
});

describe('the ends of runs', () => {
  const run: FinishedRun = {
    outcome: 'segmented',
    results: [{ channel: 'xray', outcome: 'segmented', units: 3 }],
    frames: 7,
    latencySeconds: 4,
    workSeconds: 2.5,
  };

  it('are counted once, however often a worker says so', async () => {
    const now = Date.parse('2024-05-01T12:00:00Z');
    await Promise.all([1, 2, 3].map(() => ledger.runs.add('one', run, now)));
    await ledger.runs.add('two', { ...run, outcome: 'empty', frames: 1 }, now);
    const [day, next] = await ledger.runs.usage(['2024-05-01', '2024-05-02']);
    expect(day).toMatchObject({ studies: 2, frames: 8, seconds: 5, byChannel: { xray: 2, fundus: 0 } });
    expect(day?.byOutcome).toMatchObject({ segmented: 1, empty: 1, failed: 0 });
    expect(next).toMatchObject({ studies: 0, frames: 0 });
    expect(await ledger.runs.between(now, now)).toHaveLength(2);
  });

  it('are forgotten one by one after some days, but stay in the sums', async () => {
    const day = 24 * 3600 * 1000;
    const start = Date.parse('2024-05-01T12:00:00Z');
    await ledger.runs.add('old', run, start);
    await ledger.runs.add('new', run, start + 9 * day);
    expect(await ledger.runs.between(0, start + 10 * day)).toEqual([{ at: start + 9 * day, run }]);
    expect(await server.redis.hlen('esp:ledger:run')).toBe(1);
    expect((await ledger.runs.usage(['2024-05-01']))[0]).toMatchObject({ studies: 1 });
  });
});
