import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/index.js';
import type { UnitObservation } from '../../src/core/index.js';
import { openDriftWatch } from '../../src/notify/index.js';
import type { FinishedRun, Store } from '../../src/store/index.js';
import type { Metrics } from '../../src/telemetry/index.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { PROJECT_ROOT } from '../support/stack.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const DAY = 24 * 3600 * 1000;
const START = Date.parse('2026-03-02T12:00:00Z');
const week = (n: number) => START + n * 7 * DAY;
const RUN: FinishedRun = { outcome: 'segmented', results: [], frames: 1, workSeconds: 1 };
const SCOPE = { model: 'Scope 9', station: 'ROOM1' };
const unit = (change: Partial<UnitObservation> = {}): UnitObservation => ({
  device: SCOPE,
  outcome: 'segmented',
  channel: 'dermoscopy',
  area: 0.1,
  ...change,
});

let server: TestRedis;
let store: Store;
let metrics: Metrics;
let logged: string[];

beforeAll(async () => {
  server = await startTestRedis();
  store = server.open();
});
afterAll(() => server?.close());
beforeEach(async () => {
  await server.redis.flushall();
  metrics = createMetrics(false);
  logged = [];
});

const watch = (now: number) =>
  openDriftWatch({
    store,
    settings: loadSettings(PROJECT_ROOT, { ESP_REDIS_URL: server.url }),
    metrics,
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
    now: () => now,
  });
/** Studies of a week, with forty display units of one device. */
const work = (n: number, change: Partial<UnitObservation> = {}) =>
  store.ledger.runs.add(
    `week-${n}`,
    RUN,
    week(n),
    Array.from({ length: 40 }, () => unit(change)),
  );
const told = async () => (await store.events.after('0-0', 100)).events.map(({ data }) => data);

describe('drift', () => {
  it('is told of once by log, event and gauge when the masks of a device double, and until they are usual', async () => {
    for (let n = 0; n < 8; n += 1) await work(n);
    expect(await watch(week(8)).check()).toEqual([]);
    await work(8, { area: 0.2 });
    expect(await watch(week(8)).check()).toEqual([
      expect.objectContaining({ device: SCOPE, channel: 'dermoscopy', measure: 'area', units: 80 }),
    ]);
    await work(9, { area: 0.2 });
    await watch(week(9)).check();
    expect(await told()).toEqual([expect.objectContaining({ alert: 'drift', state: 'raised' })]);
    expect(await metrics.driftingDevices.get()).toMatchObject({
      values: expect.arrayContaining([expect.objectContaining({ labels: { measure: 'area' }, value: 1 })]),
    });
    expect(await store.drift.found()).toHaveLength(1);
    // What was new has become the device's own baseline.
    for (let n = 10; n < 18; n += 1) await work(n, { area: 0.2 });
    await watch(week(18)).check();
    expect((await told()).map((data) => 'alert' in data && data.state)).toEqual(['raised', 'cleared']);
    expect(await store.drift.found()).toEqual([]);
  });

  it('names no device in the log, the event and the metrics', async () => {
    for (let n = 0; n < 8; n += 1) await work(n);
    await work(8, { area: 0.3 });
    await watch(week(8)).check();
    const everywhere = JSON.stringify([logged, await told(), await metrics.text()]);
    expect(logged).not.toEqual([]);
    expect(everywhere).not.toMatch(/Scope 9|ROOM1/);
  });
});

describe('the weeks of devices', () => {
  it('count a run once, however often a worker says so', async () => {
    for (let n = 0; n < 3; n += 1) await work(0);
    const [row] = await store.drift.rows(1, week(0));
    expect(row).toMatchObject({ week: '2026-03-02', device: SCOPE, channel: 'dermoscopy' });
    expect(row!.sums).toMatchObject({ units: 40, segmented: 40, areas: 40, area: expect.closeTo(4) });
  });

  it('begin on Monday, UTC', async () => {
    const monday = Date.parse('2026-03-09T00:00:00Z');
    await store.ledger.runs.add('sunday', RUN, monday - 1, [unit()]);
    await store.ledger.runs.add('monday', RUN, monday, [unit(), unit()]);
    const rows = await store.drift.rows(2, monday);
    expect(rows.map(({ week: name, sums }) => [name, sums.units])).toEqual([
      ['2026-03-02', 1],
      ['2026-03-09', 2],
    ]);
  });

  it('tell 200 devices apart, and sum up those above it as one: headers that name ever new ones cost no more', async () => {
    const seen = Array.from({ length: 300 }, (_, n) => unit({ device: { model: 'x', station: `S${n}` } }));
    await store.ledger.runs.add('many', RUN, week(0), seen);
    await store.ledger.runs.add('again', RUN, week(0), seen);
    const rows = await store.drift.rows(1, week(0));
    expect(rows).toHaveLength(201);
    expect(rows.find(({ device }) => device === undefined)?.sums.units).toBe(200);
    expect(rows.reduce((sum, { sums }) => sum + sums.units, 0)).toBe(600);
  });

  it('are forgotten after a year', async () => {
    await work(0);
    for (const key of ['esp:drift:week:2026-03-02', 'esp:drift:devices:2026-03-02']) {
      const days = (await server.redis.ttl(key)) / 86_400;
      expect(days).toBeGreaterThan(365);
      expect(days).toBeLessThan(380);
    }
  });

  it('are read without what cannot be read', async () => {
    await work(0);
    await server.redis.hset('esp:drift:week:2026-03-02', {
      'no json\tdermoscopy\tunits': '1',
      '["a"]\tdermoscopy\tunits': '1',
      '["a","b"]\tdermoscopy\tunits': 'many',
      '["a","b"]\tdermoscopy\tinvented': '3',
    });
    expect(await store.drift.rows(1, week(0))).toHaveLength(1);
  });
});
