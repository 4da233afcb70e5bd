import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UnitObservation } from '../../src/core/index.js';
import type { FinishedRun, Store } from '../../src/store/index.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const WEEK = 7 * 24 * 3600 * 1000;
const RUN: FinishedRun = { outcome: 'segmented', results: [], frames: 1, workSeconds: 1 };
const SCOPE = { model: 'Scope 9', station: 'ROOM1' };
const unit = (change: Partial<UnitObservation> = {}): UnitObservation => ({
  device: SCOPE,
  outcome: 'segmented',
  channel: 'dermoscopy',
  outOfDistribution: false,
  area: 0.1,
  ...change,
});

let server: TestRedis;
let gateway: TestGateway;
let store: Store;

beforeAll(async () => {
  server = await startTestRedis();
  store = server.open();
  gateway = await startTestGateway({ ESP_REDIS_URL: server.url });
});
afterAll(async () => {
  await gateway?.close();
  await server?.close();
});
beforeEach(() => server.redis.flushall());

const get = (path: string) => gateway.as('viewer', 'get', path);

describe('GET /drift', () => {
  it('needs a viewer', async () => {
    expect((await gateway.as(undefined, 'get', '/drift')).status).toBe(401);
    expect((await get('/drift')).status).toBe(200);
  });

  it('has the weeks and the rule before anything has arrived', async () => {
    const { body } = await get('/drift?weeks=4');
    expect(body).toMatchObject({ findings: [], series: [], rule: { minimum: 30, baselineWeeks: 8 } });
    expect(body.weeks).toHaveLength(4);
  });

  it('has outcomes, out-of-distribution pictures, predicted Dice and area by device, channel and week', async () => {
    const now = Date.now();
    const quality = (predicted: number, review = false) => ({ predicted, lower: 0.5, review });
    await store.ledger.runs.add('before', RUN, now - WEEK, [unit({ area: 0.2 })]);
    await store.ledger.runs.add('now', RUN, now, [
      unit({ quality: quality(0.9) }),
      unit({ quality: quality(0.7, true), area: 0.3 }),
      unit({ outcome: 'empty', area: undefined, quality: quality(0.99) }),
      unit({ outcome: 'unsupported', channel: undefined, area: undefined, outOfDistribution: true }),
    ]);
    const { body } = await get('/drift?weeks=2');
    expect(body.series).toEqual([
      {
        device: SCOPE,
        channel: 'dermoscopy',
        weeks: [
          expect.objectContaining({ week: body.weeks[0], units: 1, area: expect.closeTo(0.2) }),
          {
            week: body.weeks[1],
            units: 3,
            segmented: 2,
            empty: 1,
            unsupported: 0,
            failed: 0,
            needsReview: 1,
            classified: 3,
            outOfDistribution: 0,
            predictedDice: expect.closeTo(0.8),
            area: expect.closeTo(0.2),
          },
        ],
      },
      {
        device: SCOPE,
        channel: null,
        weeks: [expect.objectContaining({ units: 1, unsupported: 1, classified: 1, outOfDistribution: 1 })],
      },
    ]);
  });

  it('refuses more weeks than are kept', async () => {
    expect((await get('/drift?weeks=55')).status).toBe(400);
    expect((await get('/drift?weeks=0')).status).toBe(400);
  });

  it('shows what has drifted, and health says so', async () => {
    await store.drift.keep([{ device: SCOPE, measure: 'failed', before: 0.01, now: 0.4, units: 90 }]);
    expect((await get('/drift')).body.findings).toEqual([
      { device: SCOPE, channel: null, measure: 'failed', before: 0.01, now: 0.4, units: 90 },
    ]);
    // Health may be two seconds old.
    const drift = async () =>
      (await get('/health')).body.parts.find(({ id }: { id: string }) => id === 'drift');
    await expect.poll(drift, { timeout: 20_000 }).toMatchObject({
      status: 'warn',
      found: 'The results of a device differ from those of its own earlier weeks',
    });
  });
});
