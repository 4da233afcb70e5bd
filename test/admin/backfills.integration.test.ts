import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BackfillStore, Ledger, StudyQueue } from '../../src/store/index.js';
import { runBackfills } from '../../src/intake/index.js';
import type { Uid } from '../../src/core/index.js';
import { eventually } from '../support/stack.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const uid = (n: number) => `1.2.3.${n}` as Uid;

let server: TestRedis;
let gateway: TestGateway;
let queue: StudyQueue;
let ledger: Ledger;
let store: BackfillStore;

beforeAll(async () => {
  server = await startTestRedis();
  ({ queue, ledger, backfills: store } = server.open());
  gateway = await startTestGateway({ ESP_REDIS_URL: server.url });
});
afterAll(async () => {
  await gateway?.close();
  await server?.close();
});
beforeEach(() => server.redis.flushall());

const get = (path: string) => gateway.as('viewer', 'get', path);
const start = (body: object) => gateway.as('operator', 'post', '/backfills').send(body);

async function fiveStudies(): Promise<void> {
  for (let n = 1; n <= 5; n += 1) {
    await ledger.update(uid(n), { state: 'done', outcome: n <= 3 ? 'failed' : 'empty' });
  }
}

describe('roles', () => {
  it('looking needs a viewer, starting and cancelling an operator', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    for (const [method, path] of [
      ['get', '/backfills'],
      ['get', `/backfills/${id}`],
      ['post', '/backfills'],
      ['delete', `/backfills/${id}`],
    ] as const) {
      expect((await gateway.as(undefined, method, path)).status).toBe(401);
      const asViewer = await gateway.as('viewer', method, path);
      if (method === 'get') expect([200, 404]).toContain(asViewer.status);
      else expect(asViewer.status).toBe(403);
    }
    expect((await gateway.as('operator', 'delete', `/backfills/${id}`)).status).toBe(404);
  });
});

describe('POST /backfills', () => {
  it('as dry run tells what it would take and does nothing', async () => {
    await fiveStudies();
    const { body, status } = await start({ query: { outcome: 'failed' }, dryRun: true });
    expect(status).toBe(200);
    expect(body).toEqual({ matched: 3, sample: [uid(3), uid(2), uid(1)] });
    expect((await get('/backfills')).body).toEqual({ items: [] });
    expect(await queue.counts()).toMatchObject({ waiting: 0, delayed: 0 });
  });

  it('queues the studies in their class and ends', async () => {
    await fiveStudies();
    const { body, status } = await start({
      query: { outcome: 'failed' },
      perMinute: 6000,
      priority: 'urgent',
    });
    expect(status).toBe(202);
    expect(body).toMatchObject({ state: 'running', total: 3, done: 0, actor: 'token:operator' });
    const ended = await eventually('the end', async () => {
      const view = (await get(`/backfills/${body.id}`)).body;
      return view.state === 'done' && view;
    });
    expect(ended).toMatchObject({ total: 3, done: 3, endedAt: expect.any(String) });
    expect(await queue.countsByPriority()).toMatchObject({ urgent: 3 });
    expect(await ledger.record(uid(1))).toMatchObject({ state: 'queued', round: 'request' });
    expect((await ledger.events(uid(1))).at(-1)).toMatchObject({ event: 'backfill' });
    expect((await get('/backfills')).body.items).toHaveLength(1);
  });

  it('takes a list as it is, each study once', async () => {
    const { body } = await start({ query: { studies: [uid(8), uid(9), uid(8)] }, dryRun: true });
    expect(body.matched).toBe(2);
  });

  it.each([
    {},
    { query: { studies: [] } },
    { query: { studies: ['../x'] } },
    { query: { outcome: 'failed', patient: 'Doe' } },
    { query: {}, perMinute: 0 },
    { query: { archive: { from: '2024-13-01', to: '2024-12-31' } } },
  ])('refuses %j', async (body) => {
    const response = await start(body);
    expect(response.status).toBe(400);
    expect(JSON.stringify(response.body)).not.toContain('Doe');
  });

  it('of the archive says when that is away', async () => {
    const query = { archive: { from: '2024-01-01', to: '2024-12-31' } };
    expect((await start({ query })).body).toMatchObject({ status: 502, title: 'ARCHIVE_UNREACHABLE' });
  });
});

describe('DELETE /backfills/{id}', () => {
  it('stops it where it is', async () => {
    await fiveStudies();
    const { body } = await start({ query: {}, perMinute: 1 });
    await eventually('the first study', async () => (await queue.counts()).waiting === 1);
    const cancelled = await gateway.as('operator', 'delete', `/backfills/${body.id}`);
    expect(cancelled.body).toMatchObject({ state: 'cancelled', total: 5 });
    expect(await store.running()).toEqual([]);
    expect((await gateway.as('operator', 'delete', `/backfills/${body.id}`)).status).toBe(409);
  });
});

describe('the rate', () => {
  // Without the gateway's own runner: the clock is ours. The plan is made in a prefix that no gateway looks at.
  const apart = () => server.open({ ESP_REDIS_PREFIX: 'apart' }).backfills;
  const plan = { perMinute: 60, priority: 'normal' as const, actor: 'test' };
  const take = async (id: string, now: number) => {
    const taken: Uid[] = [];
    for (let study = await apart().take(id, now); study; study = await apart().take(id, now))
      taken.push(study);
    return taken;
  };

  it('is shared by all gateways and not made up for after a pause', async () => {
    const studies = Array.from({ length: 50 }, (_, n) => uid(n));
    const { id } = await apart().create(plan, studies);
    const begin = Date.parse('2024-05-01T12:00:00Z');
    const taken = new Set<Uid>();
    for (let second = 0; second < 10; second += 1) {
      const both = await Promise.all([take(id, begin + second * 1000), take(id, begin + second * 1000)]);
      for (const study of both.flat()) {
        expect(taken.has(study)).toBe(false);
        taken.add(study);
        await apart().finish(id, study, begin);
      }
    }
    // One a second, and one more at the very begin.
    expect(taken.size).toBeGreaterThanOrEqual(10);
    expect(taken.size).toBeLessThanOrEqual(12);
    expect((await take(id, begin + 3600_000)).length).toBeLessThanOrEqual(2);
  });

  it('survives a gateway that dies with a study in its hands', async () => {
    const { id } = await apart().create(plan, [uid(1)]);
    const begin = Date.now();
    expect(await apart().take(id, begin)).toBe(uid(1));
    expect(await apart().take(id, begin + 10_000)).toBeUndefined();
    // Half a minute later another gateway queues it.
    const dependencies = { store: { ledger, queue, backfills: apart() }, archive: undefined as never };
    expect(await runBackfills(dependencies, () => begin + 31_000)).toBe(1);
    expect(await apart().get(id)).toMatchObject({ state: 'done', done: 1 });
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
  });
});

describe('a restart', () => {
  it('goes on with what is left', async () => {
    await fiveStudies();
    // The first at once, the next in a minute: the gateway is closed by then.
    const { body } = await start({ query: {}, perMinute: 1 });
    await eventually('the first study', async () => (await store.get(body.id))?.done === 1);
    await gateway.close();
    expect(await store.get(body.id)).toMatchObject({ state: 'running', done: 1 });
    await server.redis.hset(`esp:backfills:one:${body.id}`, { perMinute: 6000, nextAt: 0 });
    gateway = await startTestGateway({ ESP_REDIS_URL: server.url });
    await eventually('the end', async () => (await store.get(body.id))?.state === 'done');
    expect(await store.get(body.id)).toMatchObject({ total: 5, done: 5 });
  });
});
