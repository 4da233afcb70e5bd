import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { openEventHub } from '../../src/notify/index.js';
import type { Uid } from '../../src/core/index.js';
import { eventually } from '../support/stack.js';
import { readEvents, type OpenEvents } from '../support/read-events.js';
import { startTestGateway, TOKENS, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const TIMEOUT_MS = 10_000;
const silent = pino({ level: 'silent' });
let server: TestRedis;
let first: TestGateway;
let second: TestGateway;
const open: OpenEvents[] = [];

beforeAll(async () => {
  server = await startTestRedis();
  const environment = { ESP_REDIS_URL: server.url, ESP_EVENTS_MAX_CLIENTS: '3' };
  [first, second] = [await startTestGateway(environment), await startTestGateway(environment)];
});
afterEach(() => open.splice(0).forEach((stream) => stream.close()));
afterAll(async () => {
  await first?.close();
  await second?.close();
  await server?.close();
});

const store = () => server.open();

/** A ledger like a worker's: in another process than the gateways. */
const workersLedger = () => store().ledger;

async function listen(
  gateway: TestGateway,
  query = '',
  headers: Record<string, string> = {},
): Promise<OpenEvents> {
  const stream = await readEvents(`${gateway.base}/admin/v1/events${query}`, {
    authorization: `Bearer ${TOKENS.viewer}`,
    ...headers,
  });
  open.push(stream);
  return stream;
}

const studyEvents = (stream: OpenEvents) => stream.events.filter(({ type }) => type === 'study');
const states = (stream: OpenEvents) => studyEvents(stream).map(({ data }) => data.state);
const until = (what: string, holds: () => boolean) => eventually(what, async () => holds(), TIMEOUT_MS);

describe('GET /admin/v1/events', () => {
  it('needs a role', async () => {
    expect((await first.as(undefined, 'get', '/events')).status).toBe(401);
    expect((await readEvents(`${first.base}/admin/v1/events`, { authorization: 'Bearer x' })).status).toBe(
      401,
    );
  });

  it('tells every gateway’s clients of each change of a study, in order, once', async () => {
    const streams = [await listen(first), await listen(second)];
    expect(streams[0]!.headers.get('content-type')).toContain('text/event-stream');
    const ledger = workersLedger();
    const study = '1.2.3.1' as Uid;
    await ledger.update(study, { arrivedAt: new Date().toISOString() });
    await ledger.update(study, { state: 'queued' });
    await ledger.update(study, { state: 'running', correlationId: 'c-1' });
    await ledger.addEvent(study, 'unit', { outcome: 'segmented' });
    await ledger.update(study, { tag: 'no change of state' });
    await ledger.update(study, {
      state: 'done',
      outcome: 'segmented',
      seconds: 2.5,
      units: [
        {
          outcome: 'segmented',
          channel: 'dermoscopy',
          reasons: [],
          sourceSeriesUid: '1.2.3.1.1',
          sourceInstanceUids: ['1.2.3.1.1.1'],
        },
      ],
    });
    for (const stream of streams) {
      await until('all four changes', () => studyEvents(stream).length >= 4);
      expect(states(stream)).toEqual(['quiet', 'queued', 'running', 'done']);
      expect(studyEvents(stream).map(({ data }) => data.ended)).toEqual([false, false, false, true]);
      expect(studyEvents(stream).at(-1)!.data).toEqual({
        studyInstanceUid: study,
        state: 'done',
        outcome: 'segmented',
        channels: ['dermoscopy'],
        seconds: 2.5,
        correlationId: 'c-1',
        ended: true,
      });
    }
  });

  it('gives a client that comes back what it missed, at another gateway too', async () => {
    const ledger = workersLedger();
    const before = await listen(first);
    await ledger.update('1.2.3.2' as Uid, { state: 'queued' });
    await until('the first change', () => studyEvents(before).length === 1);
    before.close();
    await ledger.update('1.2.3.2' as Uid, { state: 'running' });
    await ledger.update('1.2.3.2' as Uid, { state: 'retrying' });
    const { id } = studyEvents(before)[0]!;
    for (const again of [
      await listen(second, '', { 'last-event-id': id! }),
      await listen(first, `?lastEventId=${id}`),
    ]) {
      await until('what was missed', () => studyEvents(again).length === 2);
      expect(states(again)).toEqual(['running', 'retrying']);
    }
    const fresh = await listen(first);
    await ledger.update('1.2.3.2' as Uid, { state: 'queued' });
    await until('only what is new', () => studyEvents(fresh).length === 1);
    expect(states(fresh)).toEqual(['queued']);
  });

  it('tells of one study alone when asked to', async () => {
    const stream = await listen(first, '?study=1.2.3.4');
    const ledger = workersLedger();
    await ledger.update('1.2.3.3' as Uid, { state: 'queued' });
    await ledger.update('1.2.3.4' as Uid, { state: 'queued' });
    await until('the change', () => stream.events.length > 0);
    expect(stream.events.map(({ data }) => data.studyInstanceUid)).toEqual(['1.2.3.4']);
    expect((await first.as('viewer', 'get', '/events?study=..')).body).toMatchObject({
      title: 'INVALID_UID',
    });
    expect((await first.as('viewer', 'get', '/events?lastEventId=x')).status).toBe(400);
  });

  it('shows queue and workers at the beginning and when they have changed', async () => {
    const stream = await listen(first);
    const last = (type: string) => stream.events.findLast((event) => event.type === type);
    await until('the first snapshots', () => last('queue') !== undefined && last('worker') !== undefined);
    expect(last('queue')).toMatchObject({ id: undefined, data: { counts: { waiting: 0 }, paused: false } });
    expect(last('worker')!.data).toEqual({ workers: [] });

    await store().queue.enqueue('1.2.3.5' as Uid);
    const now = new Date().toISOString();
    await store().workers.note({
      id: 'w1',
      host: 'here',
      pid: 1,
      version: '0.1.0',
      startedAt: now,
      seenAt: now,
      provider: 'cpu',
      precision: 'float32',
      fellBack: false,
      model: { version: '1', sha256: 'ab' },
      slots: 1,
      current: [],
      done1h: 0,
      framesPerMinute: 0,
      problem: null,
      memoryMegabytes: 1,
    });
    await until(
      'the changes',
      () =>
        (last('queue')!.data.counts as { waiting: number }).waiting === 1 &&
        (last('worker')!.data.workers as unknown[]).length === 1,
    );
    const sent = stream.events.length;
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(stream.events).toHaveLength(sent);
  });

  it('has room for so many of one caller, and others still get in', async () => {
    const narrow = await startTestGateway({ ESP_REDIS_URL: server.url, ESP_EVENTS_MAX_PER_CALLER: '2' });
    try {
      const streams = [await listen(narrow), await listen(narrow)];
      const refused = await narrow.as('viewer', 'get', '/events');
      expect(refused.status).toBe(429);
      expect(refused.body.detail).toContain('events.maxPerCaller');
      expect((await listen(narrow, '', { authorization: `Bearer ${TOKENS.operator}` })).status).toBe(200);
      streams[0]!.close();
      await eventually('room again', async () => (await listen(narrow)).status === 200, TIMEOUT_MS);
    } finally {
      open.splice(0).forEach((stream) => stream.close());
      await narrow.close();
    }
  });

  it('has room for so many clients and no more; one that leaves makes room', async () => {
    const streams = [await listen(first), await listen(first), await listen(first)];
    const refused = await first.as('viewer', 'get', '/events');
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ title: 'TOO_MANY' });
    streams[0]!.close();
    await eventually(
      'room',
      async () => {
        const again = await listen(first);
        return again.status === 200;
      },
      TIMEOUT_MS,
    );
  });

  it('ends when the gateway stops', async () => {
    const third = await startTestGateway({ ESP_REDIS_URL: server.url });
    const stream = await listen(third);
    await third.close();
    await stream.ended;
  });
});

describe('the event hub', () => {
  it('shows life on a silent stream, and asks Redis for nothing while nobody listens', async () => {
    let reads = 0;
    const sent: string[] = [];
    const hub = openEventHub({
      events: {
        publish: async () => '0-0',
        last: async () => '0-0',
        after: async () => ((reads += 1), { events: [], last: '0-0' }),
      },
      snapshots: async () => ({ queue: {}, worker: {} }),
      log: silent,
      times: { eventsMs: 10, snapshotsMs: 10, heartbeatMs: 20 },
    });
    const leave = hub.join({ since: '0-0', study: '1.2', send: (text) => sent.push(text) });
    await until('signs of life', () => sent.filter((text) => text.startsWith(':')).length >= 2);
    leave();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = reads;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(reads).toBe(before);
    expect(hub.size).toBe(0);
  });
});
