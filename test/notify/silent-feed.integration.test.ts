import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { loadSettings } from '../../src/config/index.js';
import { createMetrics } from '../../src/telemetry/metrics.js';
import { openSilentFeed } from '../../src/notify/index.js';
import type { Metrics } from '../../src/telemetry/index.js';
import { PROJECT_ROOT } from '../support/stack.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

let server: TestRedis;
let metrics: Metrics;
let clock: Date;
let warned: number;

beforeAll(async () => {
  server = await startTestRedis();
});
afterAll(() => server?.close());
beforeEach(async () => {
  await server.redis.flushall();
  metrics = createMetrics(false);
  warned = 0;
});

const log = pino({ level: 'warn' }, { write: () => void (warned += 1) });
const settings = (minimum = '3') =>
  loadSettings(PROJECT_ROOT, { ESP_REDIS_URL: server.url, ESP_ALERTS_SILENT_FEED_MINIMUM: minimum });
const events = () => server.open().events;
const feed = (minimum?: string) =>
  openSilentFeed({
    store: server.open(),
    settings: settings(minimum),
    metrics,
    log,
    now: () => clock.getTime(),
  });
const alerts = async () => (await events().after('0-0', 100)).events.map(({ data }) => data);
const gauge = async () => (await metrics.feedSilent.get()).values[0]!.value;

/** A time of the week that begins on Monday 1 June 2026, by this machine's clock. */
const at = (week: number, day: number, hour: number, minute = 30) =>
  new Date(2026, 5, 1 + 7 * week + day, hour, minute);

/** Weeks in which every working day brings so many studies an hour from eight to five. */
async function working(weeks: readonly number[]): Promise<void> {
  const watched = feed();
  const kept: Promise<void>[] = [];
  for (const week of weeks) {
    for (let day = 0; day < 5; day += 1) {
      for (let hour = 8; hour < 17; hour += 1) {
        clock = at(week, day, hour);
        for (let i = 0; i < 5; i += 1) kept.push(watched.arrived());
      }
    }
  }
  await Promise.all(kept);
}

describe('a feed', () => {
  it('that is silent in a usual hour is told of, once, by gauge, log and event, until a study comes', async () => {
    await working([0, 1, 2]);
    clock = at(3, 0, 8);
    await feed().arrived();
    clock = at(3, 0, 9, 1);
    expect(await feed().check()).toBe(false);
    expect(await gauge()).toBe(0);

    clock = at(3, 0, 10, 1);
    // Two gateways look.
    expect(await Promise.all([feed().check(), feed().check()])).toEqual([true, true]);
    expect(await gauge()).toBe(1);
    expect(warned).toBe(1);
    expect(await alerts()).toEqual([
      {
        alert: 'feed-silent',
        state: 'raised',
        message: 'No study has come for an hour that usually brings 5',
      },
    ]);
    // It stays so into the evening, when nothing is expected.
    clock = at(3, 0, 22);
    expect(await feed().check()).toBe(true);
    expect(await alerts()).toHaveLength(1);

    clock = at(3, 1, 7);
    await feed().arrived();
    expect(await feed().check()).toBe(false);
    expect(await gauge()).toBe(0);
    expect(await alerts()).toMatchObject([{ state: 'raised' }, { state: 'cleared' }]);
  });

  it('is not silent at night, at the weekend, or in an hour that brings little', async () => {
    await working([0, 1, 2]);
    for (let week = 0; week < 3; week += 1) {
      clock = at(week, 1, 20);
      await feed().arrived();
      await feed().arrived();
    }
    for (const quiet of [at(3, 0, 3), at(3, 5, 11), at(3, 1, 21)]) {
      clock = quiet;
      expect(await feed().check()).toBe(false);
    }
  });

  it('is not judged before two weeks are known', async () => {
    clock = at(0, 0, 7);
    await feed().check();
    await working([0, 1]);
    clock = at(1, 4, 17);
    // The same hour is known once.
    expect(await feed().check()).toBe(false);
    clock = at(2, 0, 9, 1);
    expect(await feed().check()).toBe(true);
  });

  it('is compared with the usual week: one night of old studies changes nothing, and one holiday neither', async () => {
    await working([0, 1, 3]);
    clock = at(2, 2, 3);
    const importing = feed();
    await Promise.all(Array.from({ length: 500 }, () => importing.arrived()));
    clock = at(4, 2, 4, 1);
    expect(await feed().check()).toBe(false);
    // Week 2 brought nothing on Wednesday morning, three others did.
    clock = at(4, 2, 10, 1);
    expect(await feed().check()).toBe(true);
  });

  it('is not watched when the setting says so', async () => {
    await working([0, 1, 2]);
    clock = at(3, 0, 10, 1);
    expect(await feed('0').check()).toBe(false);
    expect(await alerts()).toEqual([]);
  });

  it('is remembered for four weeks', async () => {
    await working([0]);
    clock = at(6, 0, 12);
    await feed().check();
    expect(await server.redis.hlen('esp:feed:hours')).toBe(0);
  });
});
