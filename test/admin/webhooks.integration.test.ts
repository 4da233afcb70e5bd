import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWebhookDispatch } from '../../src/notify/webhooks/dispatch.js';
import type { Uid } from '../../src/core/index.js';
import { eventually } from '../support/stack.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';
import { isGenuine, startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

const SECRET = 'a secret of the tests, long enough';
const TIMEOUT_MS = 15_000;
let server: TestRedis;
let gateway: TestGateway;
let receiver: WebhookReceiver;

const environment = () => ({
  ESP_REDIS_URL: server.url,
  ESP_WEBHOOKS_BACKOFF_SECONDS: '0.2',
  ESP_WEBHOOKS_ATTEMPTS: '3',
  ESP_WEBHOOKS_TIMEOUT_SECONDS: '0.5',
  ESP_WEBHOOKS_NETWORKS: '127.0.0.1',
  ESP_WEBHOOKS_SECRET_KEY: 'a key of the tests that is 32 characters long',
});
const store = () => server.open(environment());

beforeAll(async () => {
  server = await startTestRedis();
  gateway = await startTestGateway(environment());
});
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(async () => {
  const { items } = (await gateway.as('admin', 'get', '/webhooks')).body as { items: { id: string }[] };
  for (const { id } of items) await gateway.as('admin', 'delete', `/webhooks/${id}`);
  await receiver.close();
});
afterAll(async () => {
  await gateway?.close();
  await server?.close();
});

/** A ledger like a worker's: in another process than the gateway. */
const workersLedger = () => store().ledger;

async function add(change: Record<string, unknown> = {}): Promise<{ id: string; etag: string }> {
  const response = await gateway
    .as('admin', 'post', '/webhooks')
    .send({ url: receiver.url, events: ['study.done', 'study.failed'], secret: SECRET, ...change });
  expect(response.status).toBe(201);
  return { id: (response.body as { id: string }).id, etag: response.headers.etag as string };
}

interface DeliveryView {
  readonly id: string;
  readonly event: string;
  readonly state: string;
  readonly attempts: number;
  readonly status?: number;
  readonly error?: string;
}

async function deliveries(id: string): Promise<DeliveryView[]> {
  const response = await gateway.as('admin', 'get', `/webhooks/${id}/deliveries`);
  return (response.body as { items: DeliveryView[] }).items;
}

const settled = (id: string, count = 1) =>
  eventually(
    'the deliveries to have ended',
    async () => {
      const items = await deliveries(id);
      const ended = items.filter(({ state }) => state === 'delivered' || state === 'failed');
      return ended.length >= count ? items : undefined;
    },
    TIMEOUT_MS,
  );

const segmented = {
  outcome: 'segmented' as const,
  channel: 'dermoscopy' as const,
  reasons: ['header says so'],
  sourceSeriesUid: '1.2.3.1.1',
  sourceInstanceUids: ['1.2.3.1.1.1'],
  segSeriesUid: '1.2.3.1.2',
  segInstanceUid: '1.2.3.1.2.1',
};

describe('a delivery', () => {
  it('tells of a study that is done: signed, with the UIDs of its results and nothing else of it', async () => {
    const { id } = await add();
    await workersLedger().update('1.2.3.1' as Uid, {
      state: 'done',
      outcome: 'segmented',
      units: [segmented],
      correlationId: 'c-1',
      seconds: 3,
      tag: 'esp-dermoscopy',
    });
    const items = await settled(id);
    expect(items).toMatchObject([{ event: 'study.done', state: 'delivered', attempts: 1, status: 204 }]);

    const [{ headers, body }] = receiver.received as [(typeof receiver.received)[0]];
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-esp-event': 'study.done',
      'webhook-id': items[0]!.id,
    });
    expect(isGenuine(SECRET, { headers, body })).toBe(true);
    expect(isGenuine('another secret of the tests', { headers, body })).toBe(false);
    expect(isGenuine(SECRET, { headers, body: body.replace('segmented', 'empty') })).toBe(false);
    const later = String(Number(headers['webhook-timestamp']) - 1);
    expect(isGenuine(SECRET, { headers: { ...headers, 'webhook-timestamp': later }, body })).toBe(false);
    expect(isGenuine(SECRET, { headers: { ...headers, 'webhook-id': 'another' }, body })).toBe(false);

    const { study, ...head } = JSON.parse(body) as { study: unknown };
    expect(head).toMatchObject({ type: 'study.done', id: expect.stringMatching(/^\d+-\d+$/) as string });
    expect(study).toEqual({
      studyInstanceUid: '1.2.3.1',
      needsReview: false,
      correlationId: 'c-1',
      outcome: 'segmented',
      channels: ['dermoscopy'],
      seconds: 3,
      results: [
        {
          outcome: 'segmented',
          channel: 'dermoscopy',
          sourceSeriesUid: '1.2.3.1.1',
          segSeriesUid: '1.2.3.1.2',
          segInstanceUid: '1.2.3.1.2.1',
        },
      ],
    });
  });

  it('is tried again when the receiver fails or hangs, each time with a signature of its own time', async () => {
    receiver.answer(500, -1);
    const { id } = await add({ events: ['study.failed'] });
    const error = { code: 'ARCHIVE_DENIED', message: 'refused', advice: 'Check the password.' };
    await workersLedger().update('1.2.3.2' as Uid, { state: 'done', outcome: 'failed', error });
    const items = await settled(id);
    expect(items).toMatchObject([{ event: 'study.failed', state: 'delivered', attempts: 3, status: 204 }]);
    expect(receiver.received).toHaveLength(3);
    const [first, second, third] = receiver.received;
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(190);
    // The second is given up 0.5 s after it was sent, which may be before it is noted here, and the wait has doubled.
    expect(third!.at - first!.at).toBeGreaterThanOrEqual(1090);
    for (const { headers, body } of receiver.received) {
      expect(isGenuine(SECRET, { headers, body })).toBe(true);
      expect(headers['webhook-id']).toBe(items[0]!.id);
    }
    expect(first!.headers['webhook-timestamp']).not.toBe(third!.headers['webhook-timestamp']);
    expect(JSON.parse(first!.body)).toMatchObject({
      study: { outcome: 'failed', error: { code: 'ARCHIVE_DENIED', advice: 'Check the password.' } },
    });
    expect(first!.body).not.toContain('refused');
  });

  it('that is never taken ends as failed, with the reason', async () => {
    receiver.answer(503, 503, 503);
    const { id } = await add();
    await workersLedger().update('1.2.3.3' as Uid, { state: 'done', outcome: 'empty' });
    expect(await settled(id)).toMatchObject([
      { state: 'failed', attempts: 3, status: 503, error: 'answered 503' },
    ]);
    expect(gateway.logged.some(({ msg, webhook }) => msg === 'webhook not delivered' && webhook === id)).toBe(
      true,
    );
    expect(JSON.stringify(gateway.logged)).not.toContain('1.2.3.3');
  });

  it('does not follow a redirect', async () => {
    receiver.answer(307, 302, 301);
    const { id } = await add();
    await workersLedger().update('1.2.3.4' as Uid, { state: 'done', outcome: 'empty' });
    expect(await settled(id)).toMatchObject([{ state: 'failed', status: 301 }]);
    expect(receiver.received).toHaveLength(3);
  });

  it('goes to those who asked for it, and not to who is switched off', async () => {
    const wanted = await add({ events: ['study.done'] });
    const others = [
      await add({ events: ['study.failed'] }),
      await add({ events: ['alert'] }),
      await add({ active: false }),
    ];
    const ledger = workersLedger();
    await ledger.update('1.2.3.5' as Uid, { state: 'queued' });
    await ledger.update('1.2.3.5' as Uid, { state: 'running' });
    await ledger.update('1.2.3.5' as Uid, { state: 'done', outcome: 'unsupported' });
    // A run that found nothing changed is not told of again.
    await ledger.update('1.2.3.5' as Uid, { state: 'done' });
    await store().events.publish({
      type: 'alert',
      data: { alert: 'feed-silent', state: 'raised', message: 'none came' },
    });
    for (const { id } of [wanted, others[1]!]) await settled(id);
    expect((await deliveries(wanted.id)).map(({ event }) => event)).toEqual(['study.done']);
    expect((await deliveries(others[1]!.id)).map(({ event }) => event)).toEqual(['alert']);
    expect(await deliveries(others[0]!.id)).toEqual([]);
    expect(await deliveries(others[2]!.id)).toEqual([]);
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toContainEqual(
      expect.objectContaining({ type: 'alert', alert: 'feed-silent', state: 'raised' }),
    );
  });

  it('is made once, although two gateways read the same events and one of them again from the start', async () => {
    const second = await startTestGateway(environment());
    const { id } = await add();
    await workersLedger().update('1.2.3.6' as Uid, { state: 'done', outcome: 'empty' });
    await settled(id);
    await server.redis.set('esp:webhooks:cursor', '0-0');
    const again = openWebhookDispatch(store());
    await again.run();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const forStudy = receiver.received.filter(({ body }) => body.includes('"1.2.3.6"'));
    expect(forStudy).toHaveLength(1);
    await second.close();
  });

  it('waits for a gateway when none runs', async () => {
    const { id } = await add();
    await gateway.close();
    await workersLedger().update('1.2.3.7' as Uid, { state: 'done', outcome: 'empty' });
    gateway = await startTestGateway(environment());
    expect(await settled(id)).toMatchObject([{ state: 'delivered' }]);
  });

  it('can be tested, once, also while the webhook is switched off', async () => {
    receiver.answer(500);
    const { id } = await add({ active: false });
    const response = await gateway.as('admin', 'post', `/webhooks/${id}/test`);
    expect(response.status).toBe(202);
    const { deliveryId } = response.body as { deliveryId: string };
    expect(await settled(id)).toMatchObject([
      { id: deliveryId, event: 'test', state: 'failed', attempts: 1 },
    ]);
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ type: 'test', id: deliveryId });
  });
});

describe('webhooks', () => {
  it('are for administrators', async () => {
    const id = '6d7f1a0e-8c3b-4c1f-9d55-0a1b2c3d4e5f';
    for (const [method, path] of [
      ['get', '/webhooks'],
      ['post', '/webhooks'],
      ['get', `/webhooks/${id}`],
      ['put', `/webhooks/${id}`],
      ['delete', `/webhooks/${id}`],
      ['post', `/webhooks/${id}/test`],
      ['get', `/webhooks/${id}/deliveries`],
    ] as const) {
      expect((await gateway.as(undefined, method, path)).status).toBe(401);
      expect((await gateway.as('viewer', method, path)).status).toBe(403);
      expect((await gateway.as('operator', method, path)).status).toBe(403);
    }
    expect((await gateway.as('admin', 'get', `/webhooks/${id}`)).status).toBe(404);
    expect((await gateway.as('admin', 'delete', `/webhooks/${id}`)).status).toBe(404);
    expect((await gateway.as('admin', 'post', `/webhooks/${id}/test`)).status).toBe(404);
    expect((await gateway.as('admin', 'get', `/webhooks/${id}/deliveries`)).status).toBe(404);
  });

  it('never show their secret, however they are asked', async () => {
    const added = await gateway
      .as('admin', 'post', '/webhooks')
      .set('Idempotency-Key', 'webhook-1')
      .send({ url: receiver.url, events: ['alert'], secret: SECRET });
    const { id } = added.body as { id: string };
    const answers = [added, await gateway.as('admin', 'get', '/webhooks')];
    answers.push(await gateway.as('admin', 'get', `/webhooks/${id}`));
    for (const { text } of answers) expect(text).not.toContain(SECRET);
    expect(JSON.stringify(gateway.logged)).not.toContain(SECRET);
  });

  it('are changed by who has seen what is there, and by nobody else', async () => {
    const { id, etag } = await add();
    const put = (change: object) =>
      gateway
        .as('admin', 'put', `/webhooks/${id}`)
        .send({ url: receiver.url, events: ['alert'], active: false, ...change });
    expect((await put({})).status).toBe(428);
    expect((await put({}).set('If-Match', '"7"')).status).toBe(412);
    expect((await put({}).set('If-Match', 'nonsense')).status).toBe(412);
    const changed = await put({}).set('If-Match', etag);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ id, events: ['alert'], active: false });
    expect(changed.headers.etag).not.toBe(etag);
    expect((await put({}).set('If-Match', etag)).status).toBe(412);
    expect((await gateway.as('admin', 'get', `/webhooks/${id}`)).headers.etag).toBe(changed.headers.etag);

    // The secret stays when none is sent, and is exchanged when one is.
    await gateway.as('admin', 'post', `/webhooks/${id}/test`);
    await settled(id, 1);
    const renewed = 'a new secret of the tests, long enough';
    expect((await put({ secret: renewed }).set('If-Match', changed.headers.etag as string)).status).toBe(200);
    await gateway.as('admin', 'post', `/webhooks/${id}/test`);
    await settled(id, 2);
    const genuine = receiver.received.map((delivery) =>
      [SECRET, renewed].map((secret) => isGenuine(secret, delivery)),
    );
    expect(genuine).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it.each([
    ['a URL that is no web address', { url: 'file:///etc/passwd' }],
    ['a password in the URL', { url: 'https://user:password@example.org/' }],
    ['a short secret', { secret: 'short' }],
    ['a secret that no header could carry', { secret: 'line\nbreak and so on' }],
    ['no event', { events: [] }],
    ['an unknown event', { events: ['study.seen'] }],
    ['an unknown field', { header: 'x' }],
  ])('are refused with %s', async (_what, change) => {
    const response = await gateway
      .as('admin', 'post', '/webhooks')
      .send({ url: receiver.url, events: ['alert'], secret: SECRET, ...change });
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ title: 'INVALID_REQUEST' });
  });

  it('are at most twenty', async () => {
    for (let i = 0; i < 20; i += 1) await add();
    const response = await gateway
      .as('admin', 'post', '/webhooks')
      .send({ url: receiver.url, events: ['alert'], secret: SECRET });
    expect(response.status).toBe(409);
  });
});

describe('networks and secrets', () => {
  it('Redis does not hold the secret, and the wrong key does not open it', async () => {
    const { id } = await add();
    const kept = JSON.stringify(await server.redis.hgetall('esp:webhooks:known'));
    expect(kept).toContain(id);
    expect(kept).not.toContain(SECRET);
    expect((await store().webhooks.get(id))!.secret).toBe(SECRET);
    const other = server.open({
      ...environment(),
      ESP_WEBHOOKS_SECRET_KEY: 'another key, 32 characters long too',
    });
    await expect(other.webhooks.get(id)).rejects.toMatchObject({ code: 'LEDGER_UNREADABLE' });
  });

  it.each([
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
  ])('%s cannot be set up', async (url) => {
    const response = await gateway
      .as('admin', 'post', '/webhooks')
      .send({ url, events: ['alert'], secret: SECRET });
    expect(response.status).toBe(400);
    expect(response.body.detail).toContain('webhooks.networks');
  });

  it('a name that leads to this machine is looked up with each delivery, and refused', async () => {
    const narrow = await startTestGateway({ ...environment(), ESP_WEBHOOKS_NETWORKS: '' });
    await gateway.close();
    try {
      const { port } = new URL(receiver.url);
      const added = await narrow
        .as('admin', 'post', '/webhooks')
        .send({ url: `http://localhost:${port}/hook`, events: ['alert'], secret: SECRET });
      const { id } = added.body as { id: string };
      await narrow.as('admin', 'post', `/webhooks/${id}/test`);
      const items = await eventually('the end of the delivery', async () => {
        const { body } = await narrow.as('admin', 'get', `/webhooks/${id}/deliveries`);
        const list = (body as { items: DeliveryView[] }).items;
        return list[0]?.state === 'failed' ? list : undefined;
      });
      expect(items[0]!.error).toContain('webhooks.networks');
      expect(receiver.received).toHaveLength(0);
    } finally {
      await narrow.close();
      gateway = await startTestGateway(environment());
    }
  });

  it('a closed port and one that does not answer look the same in the log of deliveries', async () => {
    receiver.answer(-1);
    const silent = await add();
    const closed = await add({ url: 'http://127.0.0.1:9/hook' });
    const errors = [];
    for (const { id } of [silent, closed]) {
      await gateway.as('admin', 'post', `/webhooks/${id}/test`);
      const [item] = (await settled(id)) as [DeliveryView & { milliseconds?: number }];
      errors.push([item.error, item.status, item.milliseconds]);
    }
    expect(errors[0]).toEqual(errors[1]);
  });
});

describe('the log of deliveries', () => {
  it('keeps the last hundred', async () => {
    const log = store().deliveries;
    for (let i = 0; i < 105; i += 1) {
      const at = new Date(1_700_000_000_000 + i * 1000).toISOString();
      await log.note('w', {
        id: `d${i}`,
        event: 'test',
        createdAt: at,
        updatedAt: at,
        state: 'waiting',
        attempts: 0,
      });
    }
    const kept = await log.list('w', 500);
    expect(kept).toHaveLength(100);
    expect(kept[0]!.id).toBe('d104');
    expect(kept.at(-1)!.id).toBe('d5');
    expect(await log.find('w', 'd4')).toBeUndefined();
  });
});
