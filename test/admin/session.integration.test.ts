import request from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/core/index.js';
import { startTestGateway, TOKENS, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

let server: TestRedis;
let gateway: TestGateway;

beforeAll(async () => {
  server = await startTestRedis();
  gateway = await startTestGateway({ ESP_REDIS_URL: server.url });
});
afterAll(async () => {
  await gateway?.close();
  await server?.close();
});
beforeEach(() => server.redis.flushall());

const signIn = (token: string) => gateway.as(undefined, 'post', '/session').send({ token });

/** Signs in and gives back the cookie as a browser would send it. */
async function cookieOf(token: string): Promise<string> {
  const response = await signIn(token);
  expect(response.status).toBe(200);
  return response.headers['set-cookie']![0]!.split(';')[0]!;
}

describe('roles', () => {
  it.each([
    ['get', '/queue', 'viewer'],
    ['get', '/workers', 'viewer'],
    ['get', '/openapi.json', 'viewer'],
    ['get', '/docs', 'viewer'],
    ['post', '/queue/pause', 'operator'],
    ['post', '/queue/resume', 'operator'],
    ['post', '/queue/drain', 'operator'],
    ['get', '/settings', 'admin'],
    ['get', '/audit', 'admin'],
  ] as const)('%s %s needs the role %s', async (method, path, needed) => {
    const nobody = await gateway.as(undefined, method, path);
    expect(nobody.status).toBe(401);
    expect(nobody.headers['content-type']).toContain('application/problem+json');
    expect(nobody.body).toMatchObject({ title: 'UNAUTHORIZED', status: 401 });
    const roles = ['viewer', 'operator', 'admin'] as const;
    for (const role of roles) {
      const response = await gateway
        .as(role, method, path)
        .send(path.endsWith('drain') ? { dryRun: true } : {});
      const isEnough = roles.indexOf(role) >= roles.indexOf(needed);
      expect([role, response.status]).toEqual([role, isEnough ? 200 : 403]);
    }
    const agent = request(gateway.base);
    const wrong = await agent[method](`/admin/v1${path}`).set('Authorization', 'Bearer nonsense');
    expect(wrong.status).toBe(401);
  });

  it('a body is not read before the caller is known', async () => {
    const response = await gateway
      .as(undefined, 'post', '/queue/drain')
      .set('content-type', 'application/json')
      .send('{"dryRun":');
    expect(response.status).toBe(401);
    const known = await gateway
      .as('operator', 'post', '/queue/drain')
      .set('content-type', 'application/json')
      .send('{"dryRun":');
    expect(known.status).toBe(400);
  });

  it('a method that a path does not have is refused with those it has', async () => {
    const response = await gateway.as('admin', 'patch', '/queue');
    expect(response.status).toBe(405);
    expect(response.headers.allow).toBe('GET, HEAD');
    expect(response.body).toMatchObject({ title: 'METHOD_NOT_ALLOWED' });
  });
});

describe('sessions', () => {
  it('signing in gives a cookie that stands for the role, and tells who one is', async () => {
    const response = await signIn(TOKENS.operator);
    expect(response.status).toBe(200);
    expect(response.body.role).toBe('operator');
    const [cookie] = response.headers['set-cookie']! as unknown as string[];
    expect(cookie).toMatch(
      /^esp_session=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    );
    const pair = cookie!.split(';')[0]!;
    const shown = await gateway.as(undefined, 'get', '/session').set('Cookie', `other=1; ${pair}`);
    expect(shown.body).toEqual({
      role: 'operator',
      name: response.body.name,
      scopes: ['dicomweb:read', 'dicomweb:store', 'viewer', 'admin:read', 'admin:operate'],
      oidc: false,
      open: false,
    });
    expect((await gateway.as(undefined, 'get', '/queue').set('Cookie', pair)).status).toBe(200);
    expect((await gateway.as(undefined, 'get', '/settings').set('Cookie', pair)).status).toBe(403);
  });

  it('the cookie is for TLS only when the browser speaks TLS', async () => {
    const response = await signIn(TOKENS.viewer).set('x-forwarded-proto', 'https');
    expect(response.headers['set-cookie']![0]).toMatch(/; Secure$/);
  });

  it('nobody is nobody', async () => {
    const response = await gateway.as(undefined, 'get', '/session');
    expect(response.body).toEqual({ role: null, name: null, scopes: [], oidc: false, open: false });
    const forged = await gateway
      .as(undefined, 'get', '/session')
      .set('Cookie', `esp_session=${'A'.repeat(43)}`);
    expect(forged.body.role).toBeNull();
  });

  it("a session's change needs the console's header; a token's does not", async () => {
    const cookie = await cookieOf(TOKENS.operator);
    const bare = await gateway.as(undefined, 'post', '/queue/pause').set('Cookie', cookie);
    expect(bare.status).toBe(403);
    expect(bare.body.detail).toContain('x-requested-with');
    const fromConsole = await gateway
      .as(undefined, 'post', '/queue/pause')
      .set('Cookie', cookie)
      .set('x-requested-with', 'esp-console');
    expect(fromConsole.status).toBe(200);
    expect((await gateway.as('operator', 'post', '/queue/resume')).status).toBe(200);
  });

  it('signing out ends it', async () => {
    const cookie = await cookieOf(TOKENS.viewer);
    const out = await gateway
      .as(undefined, 'delete', '/session')
      .set('Cookie', cookie)
      .set('x-requested-with', 'esp-console');
    expect(out.status).toBe(204);
    expect(out.headers['set-cookie']![0]).toMatch(/^esp_session=; Path=\/; Max-Age=0;/);
    expect((await gateway.as(undefined, 'get', '/queue').set('Cookie', cookie)).status).toBe(401);
  });

  it('lasts twelve hours in Redis, which does not know its id', async () => {
    const id = (await cookieOf(TOKENS.admin)).split('=')[1]!;
    const [key] = await server.redis.keys('esp:session:*');
    expect(await server.redis.ttl(key!)).toBeGreaterThan(12 * 3600 - 60);
    expect(key).not.toContain(id);
    const value = await server.redis.get(key!);
    expect(value).not.toContain(id);
    expect(value).not.toContain(TOKENS.admin);
  });

  it('ends when the token it was opened with is changed', async () => {
    const cookie = await cookieOf(TOKENS.viewer);
    const changed = await startTestGateway({
      ESP_REDIS_URL: server.url,
      ESP_ADMIN_VIEWER_TOKEN: 'another-viewer-token',
    });
    try {
      expect((await changed.as(undefined, 'get', '/queue').set('Cookie', cookie)).status).toBe(401);
      expect((await gateway.as(undefined, 'get', '/queue').set('Cookie', cookie)).status).toBe(200);
    } finally {
      await changed.close();
    }
  });

  it('guessing is limited to ten failures a minute, also when all come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 14 }, (_, n) => signIn(`guess-${n}`)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(4).fill(429)]);
    const right = await signIn(TOKENS.admin);
    expect(right.body).toMatchObject({ title: 'TOO_MANY', status: 429 });
    for (const key of await server.redis.keys('esp:sign-in:*')) {
      expect(await server.redis.ttl(key)).toBeGreaterThan(0);
      expect(await server.redis.ttl(key)).toBeLessThanOrEqual(60);
      await server.redis.del(key);
    }
    expect((await signIn(TOKENS.admin)).status).toBe(200);
  });

  it('who signs in rightly is never limited', async () => {
    for (let n = 0; n < 15; n += 1) expect((await signIn(TOKENS.viewer)).status).toBe(200);
  });

  it('no answer of signing in is kept for an Idempotency-Key', async () => {
    const cookies = [1, 2].map(() => signIn(TOKENS.viewer).set('Idempotency-Key', 'same'));
    const [one, two] = await Promise.all(cookies);
    expect(one!.headers['set-cookie']).not.toEqual(two!.headers['set-cookie']);
    expect(await server.redis.keys('esp:once:*')).toEqual([]);
  });
});

describe('without tokens, on loopback', () => {
  let open: TestGateway;
  const none = {
    ESP_ADMIN_TOKEN: '',
    ESP_ADMIN_OPERATOR_TOKEN: '',
    ESP_ADMIN_VIEWER_TOKEN: '',
  };
  beforeEach(async () => {
    open = await startTestGateway({ ESP_REDIS_URL: server.url, ...none });
  });
  afterEach(() => open.close());

  it('everybody on this machine is admin, and nobody has to sign in', async () => {
    const shown = await open.as(undefined, 'get', '/session');
    expect(shown.body).toEqual({
      role: 'admin',
      name: 'loopback',
      scopes: [...SCOPES],
      oidc: false,
      open: true,
    });
    const response = await open.as(undefined, 'post', '/session').send({ token: 'x' });
    expect(response.body).toMatchObject({ title: 'CONFLICT' });
  });

  it.each(['/admin/v1/queue', '/dicom-web/studies', '/viewer/', '/'])(
    '%s is not reached by a name that somebody else has pointed here',
    async (path) => {
      const response = await request(open.base).get(path).set('Host', 'rebound.example:8080');
      expect(response.status).toBe(403);
      expect(response.body).toMatchObject({ title: 'FORBIDDEN' });
    },
  );

  it.each(['localhost:8080', '127.0.0.1', '[::1]:8080', 'LOCALHOST'])('%s is this machine', async (host) => {
    expect((await request(open.base).get('/admin/v1/queue').set('Host', host)).status).toBe(200);
  });

  it.each(['https://evil.example', 'null', 'http://localhost:3000'])(
    "a page of %s cannot change anything, although a simple form's POST is sent",
    async (origin) => {
      const response = await request(open.base)
        .post('/admin/v1/queue/pause')
        .set('Origin', origin)
        .set('content-type', 'text/plain')
        .send('x');
      expect(response.status).toBe(403);
      expect((await open.as(undefined, 'get', '/queue')).body.paused).toBe(false);
    },
  );

  it('our own page can', async () => {
    const response = await open.as(undefined, 'post', '/queue/pause').set('Origin', open.base);
    expect(response.status).toBe(200);
    await open.as(undefined, 'post', '/queue/resume');
  });

  it('a name in access.hosts is ours', async () => {
    const named = await startTestGateway({
      ESP_REDIS_URL: server.url,
      ESP_ACCESS_HOSTS: 'pacs.example, other.example',
      ...none,
    });
    try {
      const get = (host: string) => request(named.base).get('/admin/v1/queue').set('Host', host);
      expect((await get('pacs.example:8443')).status).toBe(200);
      expect((await get('third.example')).status).toBe(403);
      const post = (origin: string) =>
        request(named.base).post('/admin/v1/queue/resume').set('Host', 'localhost').set('Origin', origin);
      expect((await post('https://other.example')).status).toBe(200);
      expect((await post('https://third.example')).status).toBe(403);
    } finally {
      await named.close();
    }
  });
});
