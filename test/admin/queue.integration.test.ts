import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import type { Uid } from '../../src/core/index.js';
import type { Ledger, StudyQueue } from '../../src/store/index.js';
import { startHeartbeat } from '../../src/worker/index.js';
import { startTestGateway, TOKENS, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

let server: TestRedis;
let gateway: TestGateway;
let queue: StudyQueue;
let ledger: Ledger;

const uid = (n: number) => `1.2.3.${n}` as Uid;

beforeAll(async () => {
  server = await startTestRedis();
  ({ queue, ledger } = server.open());
  gateway = await startTestGateway({
    ESP_REDIS_URL: server.url,
    // Closed for another hour at least, whenever the test runs.
    ...hoursFromNow(),
  });
});
afterAll(async () => {
  await gateway?.close();
  await server?.close();
});
beforeEach(() => server.redis.flushall());

function hoursFromNow(): Record<string, string> {
  const hour = (shift: number) => `${String((new Date().getHours() + shift) % 24).padStart(2, '0')}:00`;
  return { ESP_QUEUE_OFFPEAK_FROM: hour(2), ESP_QUEUE_OFFPEAK_TO: hour(3) };
}

describe('GET /queue', () => {
  it('counts what waits by class, and tells the off-peak hours', async () => {
    await queue.enqueue(uid(1));
    await queue.enqueue(uid(2), { priority: 'urgent' });
    await queue.enqueue(uid(3), { priority: 'offpeak' });
    const { body, status } = await gateway.as('viewer', 'get', '/queue');
    expect(status).toBe(200);
    // This queue was opened without off-peak hours: its off-peak study waits like the others.
    expect(body).toMatchObject({
      counts: { waiting: 3, active: 0, delayed: 0, completed: 0, failed: 0 },
      paused: false,
      priorities: { urgent: 1, normal: 1, offpeak: 1 },
      offpeak: { open: false },
    });
    expect(body.offpeak.from).toMatch(/^\d\d:00$/);
  });
});

describe('POST /queue/pause and /queue/resume', () => {
  it('steer every worker', async () => {
    expect((await gateway.as('operator', 'post', '/queue/pause')).body).toEqual({ paused: true });
    expect(await queue.isPaused()).toBe(true);
    expect((await gateway.as('viewer', 'get', '/queue')).body.paused).toBe(true);
    expect((await gateway.as('operator', 'post', '/queue/resume')).body).toEqual({ paused: false });
    expect(await queue.isPaused()).toBe(false);
  });
});

describe('POST /queue/drain', () => {
  beforeEach(async () => {
    for (let n = 1; n <= 3; n += 1) {
      await ledger.update(uid(n), { state: 'queued', ...(n === 3 ? { outcome: 'segmented' as const } : {}) });
      await queue.enqueue(uid(n));
    }
  });

  it('a dry run tells how many, and changes nothing', async () => {
    const { body } = await gateway.as('operator', 'post', '/queue/drain').send({ dryRun: true });
    expect(body).toEqual({ dryRun: true, studies: 3 });
    expect(await queue.waiting(10)).toHaveLength(3);
  });

  it('takes all out, and the ledger knows it', async () => {
    const { body } = await gateway.as('operator', 'post', '/queue/drain').send({ dryRun: false });
    expect(body).toEqual({ dryRun: false, studies: 3 });
    expect(await queue.waiting(10)).toEqual([]);
    expect((await ledger.record(uid(1)))?.state).toBe('cancelled');
    expect((await ledger.record(uid(3)))?.state).toBe('done');
    const events = await ledger.events(uid(2));
    expect(events.at(-1)).toMatchObject({
      event: 'cancelled',
      detail: { reason: 'drain', actor: 'token:operator' },
    });
  });

  it('wants to be told whether it is a dry run', async () => {
    const { body, status } = await gateway.as('operator', 'post', '/queue/drain').send({});
    expect(status).toBe(400);
    expect(body.detail).toContain('dryRun');
  });
});

describe('GET /workers', () => {
  const model = { version: '1.2.3', sha256: 'abc', provider: 'cpu' as const, precision: 'float32' as const };
  const start = (now?: () => number, fellBack = false) =>
    startHeartbeat({
      store: server.open(),
      version: '9.9.9',
      slots: 2,
      model: () => model as never,
      fellBack: () => fellBack,
      engines: [{ pid: () => process.pid }],
      log: pino({ level: 'silent' }),
      ...(now ? { now } : {}),
    });
  const workers = async () => (await gateway.as('viewer', 'get', '/workers')).body.items;

  it('shows a worker, what it does and what it has done', async () => {
    const heartbeat = await start();
    try {
      const ended = heartbeat.begin(uid(1), 'correlation-1');
      heartbeat.begin(uid(2), 'correlation-2');
      ended(30);
      await server.redis.ping();
      const [worker] = await workers();
      expect(worker).toMatchObject({
        id: heartbeat.id,
        pid: process.pid,
        version: '9.9.9',
        alive: true,
        provider: 'cpu',
        precision: 'float32',
        fellBack: false,
        model: { version: '1.2.3', sha256: 'abc' },
        slots: 2,
        current: [{ studyInstanceUid: uid(2), correlationId: 'correlation-2' }],
        done1h: 1,
        framesPerMinute: 30,
        problem: null,
      });
      // This process twice: as worker and as its engine.
      expect(worker.memoryMegabytes).toBeGreaterThan(50);
    } finally {
      await heartbeat.close();
    }
    expect(await workers()).toEqual([]);
  });

  it('shows that a worker has gone on with the CPU', async () => {
    const heartbeat = await start(undefined, true);
    try {
      expect(await workers()).toMatchObject([{ provider: 'cpu', fellBack: true }]);
    } finally {
      await heartbeat.close();
    }
  });

  it('a run that failed is not done', async () => {
    const heartbeat = await start();
    heartbeat.begin(uid(1), 'c')();
    await server.redis.ping();
    expect((await workers())[0]).toMatchObject({ current: [], done1h: 0, framesPerMinute: 0 });
    await heartbeat.close();
  });

  it('one that died is shown as not alive for an hour, then no more', async () => {
    const minutes = 60_000;
    const dead = await start(() => Date.now() - 30 * minutes);
    expect(await workers()).toMatchObject([{ alive: false }]);
    expect(await server.open().workers.known(Date.now() + 31 * minutes)).toEqual([]);
    const [key] = await server.redis.keys('esp:workers:*');
    expect(await server.redis.ttl(key!)).toBeGreaterThan(0);
    await dead.close();
  });
});

describe('Bull Board', () => {
  const get = (path: string, token?: string) => {
    const call = request(gateway.base).get(`/admin/queues${path}`);
    return token === undefined ? call : call.set('Authorization', `Bearer ${token}`);
  };

  it('is for operators, and only administrators change', async () => {
    expect((await get('/')).status).toBe(401);
    expect((await get('/', TOKENS.viewer)).status).toBe(403);
    expect((await get('/', TOKENS.operator)).status).toBe(200);
    await queue.enqueue(uid(1));
    const put = (path: string, token: string) =>
      request(gateway.base).put(`/admin/queues${path}`).set('Authorization', `Bearer ${token}`);
    expect((await put('/api/queues/studies/pause', TOKENS.operator)).status).toBe(403);
    expect(await queue.isPaused()).toBe(false);
    expect((await put('/api/queues/studies/pause', TOKENS.admin)).status).toBe(200);
    expect(await queue.isPaused()).toBe(true);
    await put('/api/queues/studies/resume', TOKENS.admin);
    const { body } = await gateway.as('admin', 'get', '/audit').query({ operation: 'queueBoard' });
    expect(body.items.map(({ target }: { target: { path: string } }) => target.path)).toEqual([
      '/api/queues/studies/resume',
      '/api/queues/studies/pause',
    ]);
  });

  it.each(['empty', 'obliterate', 'clean/wait', 'retry/failed'])(
    '%s is refused: the ledger would not know',
    async (action) => {
      await queue.enqueue(uid(1));
      const response = await request(gateway.base)
        .put(`/admin/queues/api/queues/studies/${action}`)
        .set('Authorization', `Bearer ${TOKENS.admin}`);
      expect(response.status).toBe(403);
      expect(await queue.waiting(10)).toEqual([uid(1)]);
    },
  );

  it('asks no other host for anything, and its policy would not let it', async () => {
    const page = await get('/', TOKENS.admin);
    expect(page.text).toContain('static/js/');
    expect(page.text).not.toMatch(/(src|href)="https?:/);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    expect(page.headers['content-security-policy']).not.toContain('unsafe-eval');
    const [script] = /static\/js\/main[^"]*/.exec(page.text)!;
    expect((await get(`/${script}`, TOKENS.admin)).status).toBe(200);
    const listing = await get('/api/queues', TOKENS.operator);
    const shown = listing.body.queues as { name: string; readOnlyMode: boolean }[];
    expect(shown.map(({ name }) => name).sort()).toEqual(['requests', 'studies', 'webhooks']);
    expect(shown.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
  });

  it("a session's change must come from the board's own page", async () => {
    const signedIn = await gateway.as(undefined, 'post', '/session').send({ token: TOKENS.admin });
    const cookie = (signedIn.headers['set-cookie'] as unknown as string[])[0]!.split(';')[0]!;
    const put = () =>
      request(gateway.base).put('/admin/queues/api/queues/studies/resume').set('Cookie', cookie);
    expect((await put()).status).toBe(403);
    expect(
      (await put().set('sec-fetch-site', 'cross-site').set('Origin', 'https://evil.example')).status,
    ).toBe(403);
    expect((await put().set('sec-fetch-site', 'same-origin')).status).toBe(200);
    expect((await put().set('Origin', gateway.base)).status).toBe(200);
  });
});
