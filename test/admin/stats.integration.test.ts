import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Uid } from '../../src/core/index.js';
import { dayOf, type FinishedRun, type Ledger } from '../../src/store/index.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const HOUR = 3600 * 1000;

let server: TestRedis;
let gateway: TestGateway;
let ledger: Ledger;

beforeAll(async () => {
  server = await startTestRedis();
  ({ ledger } = server.open());
  gateway = await startTestGateway({ ESP_REDIS_URL: server.url });
});
afterAll(async () => {
  await gateway?.close();
  await server?.close();
});
beforeEach(() => server.redis.flushall());

const get = (path: string) => gateway.as('viewer', 'get', path);

const run = (change: Partial<FinishedRun> = {}): FinishedRun => ({
  outcome: 'segmented',
  results: [{ channel: 'xray', outcome: 'segmented', units: 2 }],
  frames: 2,
  workSeconds: 1.5,
  ...change,
});

describe('roles', () => {
  it.each(['/stats', '/usage'])('%s needs a viewer', async (path) => {
    expect((await gateway.as(undefined, 'get', path)).status).toBe(401);
    expect((await get(path)).status).toBe(200);
  });
});

describe('GET /stats', () => {
  it('is all zeros, hour by hour, before anything has happened', async () => {
    const { body } = await get('/stats?hours=3');
    expect(body.latency).toEqual({ n: 0, waiting: {}, work: {} });
    expect(body.outcomes).toEqual([]);
    expect(body.arrivals).toHaveLength(4);
    expect(
      body.series.every((slot: { n: number; p50?: number }) => slot.n === 0 && slot.p50 === undefined),
    ).toBe(true);
  });

  it('tells latency of arrivals, not of what was asked for, and outcomes of both', async () => {
    const now = Date.now();
    for (let n = 1; n <= 21; n += 1) {
      await ledger.runs.add(`now-${n}`, run({ latencySeconds: n }), now - n);
    }
    await ledger.runs.add(
      'asked',
      run({ outcome: 'unsupported', results: [{ outcome: 'unsupported', units: 4 }] }),
      now - 5,
    );
    await ledger.runs.add('earlier', run({ latencySeconds: 100 }), now - 2 * HOUR);
    await ledger.runs.add('outside', run({ latencySeconds: 1000 }), now - 5 * HOUR);
    const { body } = await get('/stats?hours=3');
    // Every run was 1.5 s of work: the rest of the time from arrival to result the studies waited.
    expect(body.latency).toEqual({
      p50: 11.5,
      p95: expect.closeTo(20.95, 6),
      waiting: { p50: 10, p95: expect.closeTo(19.45, 6) },
      work: { p50: 1.5, p95: 1.5 },
      n: 22,
    });
    expect(body.outcomes).toEqual([
      { channel: 'xray', outcome: 'segmented', n: 22 },
      { channel: null, outcome: 'unsupported', n: 1 },
    ]);
    const filled = body.series.filter((slot: { n: number }) => slot.n > 0);
    expect(filled[0]).toMatchObject({ p50: 100, p95: 100, n: 1 });
    expect(body.series.reduce((sum: number, slot: { n: number }) => sum + slot.n, 0)).toBe(22);
    expect(body.series[0].at).toMatch(/:00:00\.000Z$/);
  });

  it('counts arrivals: a study that comes again is not one more', async () => {
    for (const n of [1, 2, 3]) await ledger.update(`1.2.${n}` as Uid, {});
    await ledger.update('1.2.1' as Uid, { state: 'queued' });
    const { body } = await get('/stats?hours=1');
    expect(body.arrivals.reduce((sum: number, slot: { n: number }) => sum + slot.n, 0)).toBe(3);
  });

  it.each(['hours=0', 'hours=1000', 'hours=x', 'days=1'])('refuses ?%s', async (query) => {
    expect((await get(`/stats?${query}`)).status).toBe(400);
  });
});

describe('GET /usage', () => {
  it('sums up by day, the days without work included', async () => {
    const at = Date.parse('2024-05-02T23:59:59Z');
    await ledger.runs.add('one', run(), at);
    await ledger.runs.add(
      'two',
      run({ outcome: 'failed', results: [{ outcome: 'failed', units: 0 }], frames: 0 }),
      at,
    );
    await ledger.runs.add('three', run(), at + 1000);
    const { body } = await get('/usage?from=2024-05-01&to=2024-05-03');
    expect(body.items.map((item: { day: string }) => item.day)).toEqual([
      '2024-05-01',
      '2024-05-02',
      '2024-05-03',
    ]);
    expect(body.items[0]).toMatchObject({ studies: 0, frames: 0 });
    expect(body.items[1]).toEqual({
      day: '2024-05-02',
      studies: 2,
      segmented: 1,
      empty: 0,
      unsupported: 0,
      failed: 1,
      frames: 2,
      byChannel: {
        dermoscopy: 0,
        xray: 1,
        ultrasound: 0,
        fundus: 0,
        microscopy: 0,
        colonoscopy: 0,
        thyroid: 0,
      },
      seconds: 3,
    });
    expect(body.items[2]).toMatchObject({ studies: 1 });
  });

  it('shows the last thirty days when none are named', async () => {
    const { body } = await get('/usage');
    expect(body.items).toHaveLength(30);
    expect(body.items.at(-1).day).toBe(dayOf(Date.now()));
  });

  it.each(['from=2024-05-02&to=2024-05-01', 'from=2000-01-01', 'from=2024-02-30', 'from=x'])(
    'refuses ?%s',
    async (query) => {
      expect((await get(`/usage?${query}`)).body).toMatchObject({ status: 400, title: 'INVALID_REQUEST' });
    },
  );
});
