import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError, type Uid } from '../../src/core/index.js';
import type { Ledger, StudyQueue } from '../../src/store/index.js';
import { eventually } from '../support/stack.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const uid = (n: number) => `1.2.3.${n}` as Uid;

let server: TestRedis;
let gateway: TestGateway;
let queue: StudyQueue;
let ledger: Ledger;

beforeAll(async () => {
  server = await startTestRedis();
  ({ queue, ledger } = server.open());
  gateway = await startTestGateway({ ESP_REDIS_URL: server.url });
});
afterAll(async () => {
  await gateway?.close();
  await server?.close();
});
beforeEach(async () => {
  await server.redis.flushall();
  const { code, message, advice } = new AppError('STORE_FAILED', 'The archive refused the result');
  for (const n of [1, 2]) {
    await ledger.update(uid(n), {
      state: 'done',
      outcome: 'failed',
      attempts: 5,
      error: { code, message, advice },
    });
  }
  await ledger.update(uid(3), { state: 'done', outcome: 'segmented' });
  await ledger.update(uid(4), { state: 'retrying', outcome: 'failed' });
});

const list = async () => (await gateway.as('viewer', 'get', '/quarantine')).body;

describe('the quarantine', () => {
  it('needs a role', async () => {
    for (const [method, path] of [
      ['get', '/quarantine'],
      ['post', '/quarantine/replay'],
      ['post', `/quarantine/${uid(1)}/replay`],
      ['delete', `/quarantine/${uid(1)}`],
    ] as const) {
      expect((await gateway.as(undefined, method, path)).status).toBe(401);
      expect((await gateway.as('viewer', method, path)).status).toBe(method === 'get' ? 200 : 403);
    }
  });

  it('lists what failed for good, with error, advice and tries', async () => {
    const body = await list();
    expect(body.total).toBe(2);
    expect(body.items.map((item: { studyInstanceUid: string }) => item.studyInstanceUid)).toEqual([
      uid(2),
      uid(1),
    ]);
    expect(body.items[0]).toMatchObject({
      tries: 5,
      error: { code: 'STORE_FAILED' },
      failedAt: expect.any(String),
    });
    expect(body.items[0].error.advice).toContain("archive's log");
    const page = (await gateway.as('viewer', 'get', '/quarantine?limit=1')).body;
    const rest = (await gateway.as('viewer', 'get', `/quarantine?limit=1&cursor=${page.next}`)).body;
    expect(rest.items[0].studyInstanceUid).toBe(uid(1));
  });

  it('replays one: it leaves the list and is queued', async () => {
    const response = await gateway
      .as('operator', 'post', `/quarantine/${uid(1)}/replay`)
      .send({ priority: 'urgent' });
    expect(response.status).toBe(202);
    expect(response.body.correlationId).toEqual(expect.any(String));
    expect((await list()).total).toBe(1);
    expect(await queue.countsByPriority()).toMatchObject({ urgent: 1 });
    expect((await ledger.events(uid(1))).at(-1)).toMatchObject({ event: 'replay' });
  });

  it('replays all', async () => {
    const response = await gateway.as('operator', 'post', '/quarantine/replay');
    expect(response.status).toBe(202);
    expect(response.body.matched).toBe(2);
    await eventually('both in the queue', async () => (await queue.counts()).waiting === 2);
    expect((await list()).total).toBe(0);
    const backfill = await gateway.as('viewer', 'get', `/backfills/${response.body.backfill}`);
    expect(backfill.body).toMatchObject({ total: 2, perMinute: 600 });
  });

  it('discards: off the list, still in the ledger with who did it, back when it fails again', async () => {
    const response = await gateway.as('operator', 'delete', `/quarantine/${uid(1)}`);
    expect(response.body).toMatchObject({ discarded: { actor: 'token:operator' } });
    expect((await list()).total).toBe(1);
    const { body } = await gateway.as('viewer', 'get', `/studies/${uid(1)}`);
    expect(body).toMatchObject({
      outcome: 'failed',
      quarantined: false,
      discarded: { actor: 'token:operator' },
    });
    expect(body.events.at(-1)).toMatchObject({ event: 'discarded' });
    expect((await gateway.as('operator', 'delete', `/quarantine/${uid(1)}`)).status).toBe(409);
    // What a worker writes when it takes the study, and when that fails.
    await ledger.update(uid(1), { state: 'running', discarded: undefined });
    await ledger.update(uid(1), { state: 'done', outcome: 'failed' });
    expect((await list()).total).toBe(2);
  });

  it('has nothing to do with other studies', async () => {
    expect((await gateway.as('operator', 'post', `/quarantine/${uid(3)}/replay`)).status).toBe(409);
    expect((await gateway.as('operator', 'delete', `/quarantine/${uid(4)}`)).status).toBe(409);
    expect((await gateway.as('operator', 'delete', '/quarantine/1.9.9')).status).toBe(404);
    expect((await gateway.as('operator', 'delete', '/quarantine/x')).body).toMatchObject({
      title: 'INVALID_UID',
    });
  });
});
