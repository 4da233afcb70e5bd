import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiKeys, openRoles } from '../../src/access/index.js';
import { loadSettings } from '../../src/config/index.js';
import { SCOPES } from '../../src/core/index.js';
import { eventually, PROJECT_ROOT } from '../support/stack.js';
import { startTestGateway, TOKENS, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

let server: TestRedis;
let gateway: TestGateway;

beforeAll(async () => {
  server = await startTestRedis();
  gateway = await startTestGateway({ ESP_REDIS_URL: server.url, ESP_ACCESS_TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(async () => {
  await gateway?.close();
  await server?.close();
});

const HOUR = 3_600_000;
const inAnHour = () => new Date(Date.now() + HOUR).toISOString();
const make = (body: object) => gateway.as('admin', 'post', '/api-keys').send(body);
async function made(role: string, name = `a-${role}`) {
  const { status, body } = await make({ name, role });
  expect(status).toBe(201);
  return { id: body.key.id as string, secret: body.secret as string };
}
const get = (secret: string, path = '/admin/v1/queue') =>
  request(gateway.base).get(path).set('Authorization', `Bearer ${secret}`);

describe('an API key', () => {
  it('may do what its role may, on every surface', async () => {
    const viewer = await made('viewer');
    expect((await get(viewer.secret)).status).toBe(200);
    expect((await get(viewer.secret, '/admin/v1/audit')).status).toBe(403);
    expect((await get(viewer.secret, '/viewer/app-config.js')).status).toBe(200);
    const modality = await made('modality');
    expect((await get(modality.secret)).status).toBe(403);
    expect([401, 403]).not.toContain((await get(modality.secret, '/dicom-web/studies')).status);
    const metrics = await made('metrics');
    expect((await get(metrics.secret, '/metrics').set('via', 'proxy')).status).toBe(200);
    expect((await get(viewer.secret, '/metrics').set('via', 'proxy')).status).toBe(403);
    const hook = await made('hook');
    const told = request(gateway.base).post('/hooks/stable-study').send({ studyInstanceUid: '1.2.3' });
    expect((await told.set('Authorization', `Bearer ${hook.secret}`)).status).toBe(202);
  });

  it('is shown once: Redis, lists, log and audit know neither it nor its secret part', async () => {
    const { secret } = await made('viewer', 'shown-once');
    await get(secret);
    const part = secret.slice('esp_'.length + 12 + 1);
    const listed = await gateway.as('admin', 'get', '/api-keys');
    const audited = await gateway.as('admin', 'get', '/audit');
    const kept: unknown[] = [];
    for (const key of await server.redis.keys('*')) {
      const type = await server.redis.type(key);
      if (type === 'hash') kept.push(await server.redis.hgetall(key));
      if (type === 'string') kept.push(await server.redis.get(key));
      if (type === 'stream') kept.push(await server.redis.xrange(key, '-', '+'));
    }
    const all = JSON.stringify([kept, listed.body, audited.body, gateway.logged]);
    expect(all).toContain('shown-once');
    expect(all).not.toContain(part);
  });

  it('tells in the list who made it and when it was used last', async () => {
    const { id, secret } = await made('viewer', 'used');
    const find = async () =>
      (await gateway.as('admin', 'get', '/api-keys')).body.items.find((key: { id: string }) => key.id === id);
    expect(await find()).toMatchObject({ createdBy: 'token:admin', lastUsedAt: null, role: 'viewer' });
    await get(secret);
    const used = await eventually('its use', async () => (await find()).lastUsedAt ?? undefined);
    expect(Math.abs(Date.parse(used as string) - Date.now())).toBeLessThan(60_000);
  });

  it('is revoked at once, and with it the session that it opened', async () => {
    const { id, secret } = await made('operator', 'revoked');
    const signedIn = await gateway.as(undefined, 'post', '/session').send({ token: secret });
    expect(signedIn.body).toMatchObject({ role: 'operator' });
    const cookie = signedIn.headers['set-cookie']![0]!.split(';')[0]!;
    const bySession = () => gateway.as(undefined, 'get', '/queue').set('Cookie', cookie);
    expect((await bySession()).status).toBe(200);
    expect((await gateway.as('admin', 'delete', `/api-keys/${id}`)).status).toBe(204);
    expect((await get(secret)).body).toMatchObject({ status: 401, detail: 'The API key was revoked' });
    expect((await bySession()).status).toBe(401);
    expect(gateway.logged.filter(({ keyId }) => keyId === id).at(-1)).toMatchObject({
      reason: 'KEY_REVOKED',
    });
  });

  it('expires when it is told to', async () => {
    const { id, secret } = await made('viewer', 'expires');
    const expire = (expiresAt: string) =>
      gateway.as('admin', 'post', `/api-keys/${id}/expire`).send({ expiresAt });
    expect((await expire(inAnHour())).status).toBe(204);
    expect((await get(secret)).status).toBe(200);
    expect((await expire(new Date(Date.now() - 1000).toISOString())).status).toBe(204);
    expect((await get(secret)).body.detail).toBe('The API key has expired');
  });

  it('lasts a year unless its maker says otherwise', async () => {
    const { body } = await make({ name: 'a-year', role: 'viewer' });
    const days = (Date.parse(body.key.expiresAt) - Date.now()) / (24 * HOUR);
    expect(Math.round(days)).toBe(365);
    expect((await make({ name: 'for-ever', role: 'viewer', expiresAt: null })).body.key.expiresAt).toBeNull();
  });

  it.each([
    [{ name: 'x', role: 'nobody-has-this' }, 400, 'role'],
    [{ name: 'x', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' }, 400, 'future'],
    [{ name: 'a name', role: 'viewer' }, 400, 'name'],
  ])('%o is refused', async (body, status, word) => {
    const answer = await make(body);
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toContain(word);
  });

  it('that nobody made is told from a wrong one by nobody', async () => {
    const { id } = await made('viewer', 'guessed');
    const wrong = await get(`esp_${id}_${'A'.repeat(43)}`);
    const none = await get(`esp_${'a'.repeat(12)}_${'A'.repeat(43)}`);
    expect(wrong.status).toBe(401);
    expect(none.body).toEqual(wrong.body);
  });

  it('cannot be made by who may not do as much', async () => {
    const settings = loadSettings(PROJECT_ROOT, {});
    const keys = openApiKeys(server.open().apiKeys, openRoles(settings));
    const some = { name: 'somebody', scopes: new Set(SCOPES.filter((scope) => scope !== 'dicomweb:store')) };
    await expect(keys.create({ name: 'more', role: 'admin' }, some)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('is guessed at without harm to others from the same address', async () => {
    const guessed = await made('viewer', 'attacked');
    const other = await made('viewer', 'other');
    const from = { 'x-forwarded-for': '192.0.2.99' };
    const statuses: number[] = [];
    for (let i = 0; i < 11; i += 1) {
      const text = `esp_${guessed.id}_${String(i).padStart(43, 'B')}`;
      statuses.push((await get(text).set(from)).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    expect((await get(guessed.secret).set(from)).status).toBe(429);
    expect((await get(other.secret).set(from)).status).toBe(200);
    expect(gateway.logged.at(-1)).toBeDefined();
    expect(gateway.logged.filter(({ keyId }) => keyId === guessed.id).at(-1)).toMatchObject({
      address: '192.0.2.99',
      reason: 'TOO_MANY',
    });
  });
});

describe('signing in with an API key', () => {
  it('can be guessed at without harm to others from the same address', async () => {
    const guessed = await made('viewer', 'sign-in-attacked');
    const other = await made('viewer', 'sign-in-other');
    const from = { 'x-forwarded-for': '192.0.2.98' };
    const signIn = (token: string) => gateway.as(undefined, 'post', '/session').set(from).send({ token });
    const statuses: number[] = [];
    for (let i = 0; i < 11; i += 1) {
      statuses.push((await signIn(`esp_${guessed.id}_${String(i).padStart(43, 'C')}`)).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    expect((await signIn(other.secret)).status).toBe(200);
    expect((await signIn(TOKENS.viewer)).status).toBe(200);
  });
});

describe('the command line', () => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [`${PROJECT_ROOT}/dist/cli/main.js`, 'key', ...args], {
      env: { PATH: process.env.PATH, ESP_REDIS_URL: server.url },
    });

  // Seven processes, one after the other.
  const SLOW = { timeout: 600_000 };
  it('makes, lists, expires and revokes keys that the gateway takes', SLOW, async () => {
    const secret = (await run('create', 'by-hand', '--role', 'viewer', '--days', '3')).stdout.trim();
    expect((await get(secret)).status).toBe(200);
    const id = secret.split('_')[1]!;
    expect((await run('list')).stdout).toMatch(new RegExp(`${id} {2}by-hand {2}viewer {2}expires`));
    await run('expire', id);
    expect((await get(secret)).status).toBe(401);
    await run('revoke', id);
    const [key] = JSON.parse((await run('list', '--json')).stdout) as { id: string; revokedBy: string }[];
    expect(key).toMatchObject({ id, revokedBy: expect.stringMatching(/^cli:/) });
    await expect(run('create', 'x', '--role', 'viewer', '--days', 'x')).rejects.toMatchObject({
      stderr: expect.stringContaining('INVALID_REQUEST: --days'),
    });
    await expect(run('revoke', 'aaaaaaaaaaaa')).rejects.toMatchObject({ code: 1 });
    const { body } = await gateway.as('admin', 'get', '/audit?operation=revokeApiKey&limit=1');
    expect(body.items[0]).toMatchObject({ actor: expect.stringMatching(/^cli:/), target: { id } });
  });
});
