import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import request from 'supertest';
import type { StudyQueue } from '../../src/store/index.js';
import type { Reply } from '../../src/admin/http/endpoint.js';
import { pseudonym, type Uid } from '../../src/core/index.js';
import { startTestGateway, TOKENS, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const SECRET = 'a-password-nobody-may-see';
const uid = (n: number) => `1.2.3.${n}` as Uid;
let server: TestRedis;
let gateway: TestGateway;
let queue: StudyQueue;

beforeAll(async () => {
  server = await startTestRedis();
  ({ queue } = server.open());
  process.env.ESP_ARCHIVE_PASSWORD = SECRET;
  gateway = await startTestGateway({
    ESP_REDIS_URL: server.url.replace('redis://', `redis://default:${SECRET}@`),
    ESP_ARCHIVE_PASSWORD: SECRET,
  });
});
afterAll(async () => {
  delete process.env.ESP_ARCHIVE_PASSWORD;
  await gateway?.close();
  await server?.close();
});
beforeEach(() => server.redis.flushall());

const audit = async (query: Record<string, string> = {}) =>
  (await gateway.as('admin', 'get', '/audit').query(query)).body;
type Line = { at: string; actor: string; operation: string; status: number; requestId: string };

describe('GET /audit', () => {
  it('has every change with who made it, refused ones included, and no reading', async () => {
    await gateway.as('viewer', 'get', '/queue');
    const paused = await gateway.as('operator', 'post', '/queue/pause');
    await gateway.as('viewer', 'post', '/queue/resume');
    await gateway.as('admin', 'post', '/queue/drain').send({});
    await gateway.as(undefined, 'post', '/queue/resume');
    const { items } = await audit();
    expect(items).toMatchObject([
      { actor: 'token:admin', role: 'admin', operation: 'drainQueue', status: 400 },
      { actor: 'token:viewer', role: 'viewer', operation: 'resumeQueue', status: 403 },
      { actor: 'token:operator', role: 'operator', operation: 'pauseQueue', status: 200, target: {} },
    ]);
    expect(items[2].requestId).toBe(paused.headers['x-request-id']);
    expect(Math.abs(Date.parse(items[2].at) - Date.now())).toBeLessThan(60_000);
  });

  it('names a session from its opening on; failed guesses of strangers are in the log only', async () => {
    await gateway.as(undefined, 'post', '/session').send({ token: 'guess' });
    const signedIn = await gateway.as(undefined, 'post', '/session').send({ token: TOKENS.operator });
    const cookie = (signedIn.headers['set-cookie'] as unknown as string[])[0]!.split(';')[0]!;
    await gateway
      .as(undefined, 'post', '/queue/pause')
      .set('Cookie', cookie)
      .set('x-requested-with', 'esp-console');
    const { items } = await audit();
    const name = signedIn.body.name as string;
    expect(name).toMatch(/^session:operator:[0-9a-f]{8}$/);
    expect(items.map(({ actor, operation }: Line) => [actor, operation])).toEqual([
      [name, 'pauseQueue'],
      [name, 'signIn'],
    ]);
    const guesses = gateway.logged.filter((line) => line.operation === 'signIn' && line.status === 401);
    expect(guesses).toHaveLength(1);
    expect(JSON.stringify(gateway.logged)).not.toContain('guess');
  });

  it('is filtered and paged', async () => {
    for (let n = 0; n < 3; n += 1) {
      await gateway.as('operator', 'post', '/queue/pause');
      await gateway.as('admin', 'post', '/queue/resume');
    }
    expect((await audit({ operation: 'pauseQueue' })).items).toHaveLength(3);
    expect((await audit({ actor: 'token:admin' })).items).toHaveLength(3);
    expect((await audit({ actor: 'token:viewer' })).items).toEqual([]);
    const seen: Line[] = [];
    let cursor: string | undefined;
    do {
      const page = await audit({ limit: '4', ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen.map(({ operation }) => operation)).toEqual([
      ...['resumeQueue', 'pauseQueue', 'resumeQueue', 'pauseQueue', 'resumeQueue', 'pauseQueue'],
    ]);
    expect(new Set(seen.map(({ requestId }) => requestId)).size).toBe(6);
    const [latest] = seen;
    const before = new Date(Date.parse(latest!.at) - 3_600_000).toISOString();
    expect((await audit({ to: before })).items).toEqual([]);
    expect((await audit({ from: before })).items).toHaveLength(6);
    // Both ends at once: the cursor must not reach beyond `to`.
    expect((await audit({ to: before, cursor: '99999999999999-0' })).items).toEqual([]);
  });

  it.each([{ limit: '0' }, { limit: '501' }, { from: 'yesterday' }, { cursor: '+' }, { unknown: '1' }])(
    'refuses %o',
    async (query) => {
      const { status, body } = await gateway.as('admin', 'get', '/audit').query(query);
      expect([status, body.title]).toEqual([400, 'INVALID_REQUEST']);
    },
  );

  it("the process's log shows pseudonyms where the audit log has study UIDs", async () => {
    const study = '1.2.840.99999.1';
    await gateway.as('operator', 'post', `/studies/${study}/reprocess`).send({});
    const { items } = await audit();
    expect(items[0].target).toEqual({ uid: study });
    const text = JSON.stringify(gateway.logged);
    expect(text).toContain(pseudonym(study));
    expect(text).not.toContain(study);
  });
});

describe('Idempotency-Key', () => {
  const drain = (key: string, dryRun: boolean) =>
    gateway.as('operator', 'post', '/queue/drain').set('Idempotency-Key', key).send({ dryRun });

  it('a repeat gets the first answer and does nothing', async () => {
    await queue.enqueue(uid(1));
    const first = await drain('a', false);
    await queue.enqueue(uid(2));
    const repeat = await drain('a', false);
    expect([first.body, repeat.body]).toEqual([
      { dryRun: false, studies: 1 },
      { dryRun: false, studies: 1 },
    ]);
    expect(await queue.waiting(10)).toEqual([uid(2)]);
    expect((await drain('b', false)).body.studies).toBe(1);
  });

  it('belongs to who used it and to one operation', async () => {
    await drain('a', true);
    const other = await gateway
      .as('admin', 'post', '/queue/drain')
      .set('Idempotency-Key', 'a')
      .send({ dryRun: false });
    expect(other.body.dryRun).toBe(false);
    const pause = await gateway.as('operator', 'post', '/queue/resume').set('Idempotency-Key', 'a');
    expect(pause.body).toEqual({ paused: false });
  });

  it('is refused with another request, and when it is no key', async () => {
    await drain('a', true);
    const other = await drain('a', false);
    expect([other.status, other.body.title]).toEqual([400, 'INVALID_REQUEST']);
    expect(other.body.detail).toContain('Idempotency-Key');
    expect((await drain('x'.repeat(201), true)).status).toBe(400);
  });

  it('an error is not kept', async () => {
    const wrong = await gateway.as('operator', 'post', '/queue/drain').set('Idempotency-Key', 'c').send({});
    expect(wrong.status).toBe(400);
    expect((await drain('c', true)).status).toBe(200);
  });

  it('while the first runs, a second is a conflict; a failed first frees the key', async () => {
    const { once } = server.open();
    let finish: (reply: Reply) => void = () => undefined;
    const first = once('scope', 'k', { a: 1 }, () => new Promise<Reply>((resolve) => (finish = resolve)));
    while ((await server.redis.keys('esp:once:*')).length === 0);
    const second = once('scope', 'k', { a: 1 }, async () => ({ status: 500 }));
    await expect(second).rejects.toMatchObject({ code: 'CONFLICT' });
    finish({ status: 202, body: { id: 'x' } });
    expect(await first).toEqual({ status: 202, body: { id: 'x' } });
    expect(await once('scope', 'k', { a: 1 }, async () => ({ status: 500 }))).toEqual(await first);
    const [key] = await server.redis.keys('esp:once:*');
    expect(await server.redis.ttl(key!)).toBeGreaterThan(24 * 3600 - 60);

    const failing = once('scope', 'f', {}, async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await once('scope', 'f', {}, async () => ({ status: 200 }))).toEqual({ status: 200 });
  });
});

describe('GET /settings', () => {
  it('tells values, where they come from, and no secret', async () => {
    const { body, text } = await gateway.as('admin', 'get', '/settings');
    expect(text).not.toContain(SECRET);
    for (const token of Object.values(TOKENS)) expect(text).not.toContain(token);
    const { settings } = body;
    expect(settings.archive.password).toMatchObject({
      value: 'set',
      origin: 'environment',
      environment: 'ESP_ARCHIVE_PASSWORD',
    });
    expect(settings.hook.token).toMatchObject({ value: 'not set', origin: 'default' });
    expect(settings.redis.url.value).toMatch(/^redis:\/\/\*\*\*@127\.0\.0\.1:\d+$/);
    expect(settings.worker.attempts).toMatchObject({
      value: 5,
      environment: 'ESP_WORKER_ATTEMPTS',
    });
    expect(settings.intake.quietSeconds.description).toContain('queued when no signal came');
  });
});

describe('GET /docs', () => {
  it('is a page that loads its files and the document from here only', async () => {
    const page = await gateway.as('viewer', 'get', '/docs');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.text).not.toMatch(/https?:\/\//);
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
    expect(files).toHaveLength(4);
    for (const file of files) {
      expect((await gateway.as('viewer', 'get', `/${file}`)).status).toBe(200);
      expect((await gateway.as(undefined, 'get', `/${file}`)).status).toBe(401);
    }
    const missing = await gateway.as('viewer', 'get', '/docs/swagger-ui-bundle.js.map');
    expect(missing.status).toBe(404);
  });

  it('the document names the scope of every operation', async () => {
    const { body } = await gateway.as('viewer', 'get', '/openapi.json');
    const operations = Object.values(body.paths).flatMap((path) => Object.values(path as object)) as {
      'x-required-scope'?: string;
      security?: unknown[];
    }[];
    expect(operations.length).toBeGreaterThan(10);
    for (const { 'x-required-scope': scope, security } of operations) {
      if (security) expect(scope).toBeUndefined();
      else expect(['admin:read', 'admin:operate', 'admin:*']).toContain(scope);
    }
  });

  it('needs a caller as everything does', async () => {
    expect((await request(gateway.base).get('/admin/v1/openapi.json')).status).toBe(401);
  });
});
