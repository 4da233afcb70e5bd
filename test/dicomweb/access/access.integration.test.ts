import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import request from 'supertest';
import { startTestGateway, TOKENS, type TestGateway } from '../../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../../support/test-redis.js';

const MACHINE = 'dicomweb-token-of-the-tests';
const HOOK = 'hook-token-of-the-tests';

let server: TestRedis;
let archive: Server;
let asked: string[];
let gateway: TestGateway;
let cookie: string;

beforeAll(async () => {
  server = await startTestRedis();
  archive = createServer((req, res) => {
    asked.push(`${req.method} ${req.url}`);
    req.resume().once('end', () => res.setHeader('content-type', 'application/dicom+json').end('[]'));
  });
  archive.listen(0, '127.0.0.1');
  await once(archive, 'listening');
  gateway = await startTestGateway({
    ESP_REDIS_URL: server.url,
    ESP_ARCHIVE_DICOMWEB_URL: `http://127.0.0.1:${(archive.address() as AddressInfo).port}/dicom-web`,
    ESP_DICOMWEB_TOKEN: MACHINE,
    ESP_HOOK_TOKEN: HOOK,
    ESP_ACCESS_TRUSTED_PROXIES: '127.0.0.1',
  });
  const signedIn = await gateway.as(undefined, 'post', '/session').send({ token: TOKENS.viewer });
  cookie = (signedIn.headers['set-cookie'] as unknown as string[])[0]!.split(';')[0]!;
});
afterAll(async () => {
  await gateway?.close();
  archive?.close();
  await server?.close();
});
beforeEach(() => {
  asked = [];
});

let people = 0;
/** Each caller has an address of its own, so that none is stopped for what another sent. */
const fromElsewhere = () => ({ 'x-forwarded-for': `2001:db8::${(people += 1)}` });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const CREDENTIALS = {
  nobody: () => ({}),
  wrong: () => bearer('a token that nobody has'.replaceAll(' ', '-')),
  basic: () => ({ authorization: `Basic ${Buffer.from(`x:${TOKENS.admin}`).toString('base64')}` }),
  viewer: () => bearer(TOKENS.viewer),
  operator: () => bearer(TOKENS.operator),
  admin: () => bearer(TOKENS.admin),
  machine: () => bearer(MACHINE),
  hook: () => bearer(HOOK),
  session: () => ({ cookie }),
};
type Headers = Record<string, string>;
type Name = keyof typeof CREDENTIALS;
const ALL = Object.keys(CREDENTIALS) as Name[];

const read = (path: string) => (headers: Headers) => request(gateway.base).get(path).set(headers);
const SURFACES: readonly [string, (headers: Headers) => request.Test, readonly Name[]][] = [
  ['a search', read('/dicom-web/studies'), ['viewer', 'operator', 'admin', 'machine', 'session']],
  [
    'metadata',
    read('/dicom-web/studies/1.2/metadata'),
    ['viewer', 'operator', 'admin', 'machine', 'session'],
  ],
  [
    'HEAD of a study',
    (headers) => request(gateway.base).head('/dicom-web/studies/1.2').set(headers),
    ['viewer', 'operator', 'admin', 'machine', 'session'],
  ],
  [
    'STOW-RS',
    (headers) => request(gateway.base).post('/dicom-web/studies').set(headers).send('x'),
    ['operator', 'admin', 'machine'],
  ],
  ['the viewer', read('/viewer/'), ['viewer', 'operator', 'admin', 'session']],
  ["the viewer's settings", read('/viewer/app-config.js'), ['viewer', 'operator', 'admin', 'session']],
  [
    'the hook',
    (headers) =>
      request(gateway.base).post('/hooks/stable-study').set(headers).send({ studyInstanceUid: '1.2.3' }),
    ['admin', 'hook'],
  ],
  ['the administration', read('/admin/v1/studies'), ['viewer', 'operator', 'admin', 'session']],
];

describe.each(SURFACES)('%s', (_name, call, admitted) => {
  it.each(ALL)('%s', async (name) => {
    const { status, headers } = await call({ ...CREDENTIALS[name](), ...fromElsewhere() });
    if (admitted.includes(name)) {
      expect([401, 403]).not.toContain(status);
      return;
    }
    expect([401, 403]).toContain(status);
    if (status === 401) expect(headers['www-authenticate']).toMatch(/^Bearer/);
    expect(asked).toEqual([]);
  });
});

describe('who is not signed in', () => {
  it('is shown a page to sign in with when a browser opens the viewer, and nothing else of it', async () => {
    const page = await request(gateway.base).get('/viewer/').set('accept', 'text/html');
    expect(page.status).toBe(401);
    expect(page.text).toContain('type="password"');
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'sha256-/);
    const script = await request(gateway.base).get('/viewer/app-config.js');
    expect(script.headers['content-type']).toContain('problem+json');
  });

  it('is told by health checks whether the gateway is ready', async () => {
    expect((await request(gateway.base).get('/healthz')).status).toBe(200);
    expect([200, 503]).toContain((await request(gateway.base).get('/readyz')).status);
  });

  it('is in the log with address and reason, and without what was sent', async () => {
    await read('/dicom-web/studies/1.2.3.4?PatientName=Doe')({
      ...bearer('a-secret-that-was-sent'),
      'x-forwarded-for': '192.0.2.7',
    });
    const line = gateway.logged.filter(({ msg }) => msg === 'access refused').at(-1);
    expect(line).toMatchObject({
      address: '192.0.2.7',
      reason: 'WRONG_CREDENTIAL',
      surface: '/dicom-web',
    });
    const all = JSON.stringify(gateway.logged);
    for (const secret of ['a-secret-that-was-sent', 'Doe', '1.2.3.4', ...Object.values(TOKENS)]) {
      expect(all).not.toContain(secret);
    }
  });
});

describe('surfaces that are open by name', () => {
  it('need no credential; the others do', async () => {
    const open = await startTestGateway({
      ESP_REDIS_URL: server.url,
      ESP_ACCESS_OPEN: 'viewer, hook',
      ESP_HOOK_TOKEN: HOOK,
    });
    try {
      const get = (path: string) => request(open.base).get(path);
      expect((await get('/viewer/app-config.js')).status).toBe(200);
      const hook = await request(open.base).post('/hooks/stable-study').send({ studyInstanceUid: '1.2.3' });
      expect(hook.status).toBe(202);
      expect((await get('/dicom-web/studies')).status).toBe(401);
    } finally {
      await open.close();
    }
  });
});
