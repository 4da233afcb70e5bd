import { generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/demo/free-port.js';
import {
  AUDIENCE,
  openBrowser,
  signingKey,
  startTestIssuer,
  type TestIssuer,
} from '../support/test-issuer.js';
import { startTestGateway, TOKENS, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const CLIENT = 'esp-gateway';
const SECRET = 'client-secret-of-the-tests: with / signs';
const MACHINE = 'machine-secret-of-the-tests';
const SKEW = 30;

let server: TestRedis;
let issuer: TestIssuer;
let gateway: TestGateway;

const machine = (id: string) => ({
  client_id: id,
  client_secret: MACHINE,
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
});
const clients = (gatewayPort: number) => [
  {
    client_id: CLIENT,
    client_secret: SECRET,
    redirect_uris: [`http://127.0.0.1:${gatewayPort}/admin/v1/session/callback`],
  },
  machine('pacs-reader'),
  machine('pacs-nobody'),
];
const ROLES = {
  'pacs-reader': ['pacs-viewers'],
  'pacs-nobody': ['gardeners'],
  alice: ['pacs-operators', 'gardeners'],
  bob: ['gardeners'],
};

let gatewayPort: number;
beforeAll(async () => {
  server = await startTestRedis();
  gatewayPort = await freePort();
  issuer = await startTestIssuer({
    key: await signingKey('one'),
    clients: clients(gatewayPort),
    roles: ROLES,
  });
  gateway = await startTestGateway({
    ESP_REDIS_URL: server.url,
    ESP_GATEWAY_PORT: String(gatewayPort),
    ESP_OIDC_ISSUER: issuer.url,
    ESP_OIDC_CLIENT_ID: CLIENT,
    ESP_OIDC_CLIENT_SECRET: SECRET,
    ESP_OIDC_AUDIENCE: AUDIENCE,
    ESP_OIDC_ROLE_NAMES: 'pacs-viewers=viewer; pacs-operators=operator',
    ESP_OIDC_CLOCK_SKEW_SECONDS: String(SKEW),
  });
});
afterAll(async () => {
  await gateway?.close();
  await issuer?.close();
  await server?.close();
});

const get = (token: string, path = '/admin/v1/queue') =>
  request(gateway.base).get(path).set('Authorization', `Bearer ${token}`);
const lastReason = () => gateway.logged.filter(({ msg }) => msg === 'access refused').at(-1)?.reason;

describe('an access token of the issuer', () => {
  it('may do what its roles mean here', async () => {
    const token = await issuer.accessToken('pacs-reader', MACHINE);
    expect((await get(token)).status).toBe(200);
    expect((await get(token, '/viewer/app-config.js')).status).toBe(200);
    expect((await get(token, '/admin/v1/audit')).status).toBe(403);
    const shown = await get(token, '/admin/v1/session');
    expect(shown.body).toMatchObject({ role: 'viewer', name: 'oidc:pacs-reader', oidc: true });
  });

  it('without a role of ours may do nothing', async () => {
    const token = await issuer.accessToken('pacs-nobody', MACHINE);
    expect((await get(token)).status).toBe(403);
    expect((await get(token, '/dicom-web/studies')).status).toBe(403);
  });

  const now = () => Math.floor(Date.now() / 1000);
  const claims = (over: JWTPayload = {}): JWTPayload => ({
    iss: issuer.url,
    aud: AUDIENCE,
    sub: 'forger',
    iat: now() - 100,
    exp: now() + 100,
    roles: ['pacs-operators'],
    ...over,
  });
  const signed = async (payload: JWTPayload) =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', kid: issuer.key.kid! })
      .sign(await importJWK(issuer.key, 'RS256'));

  it('is taken when the issuer has signed it, whoever made it', async () => {
    expect((await get(await signed(claims()))).status).toBe(200);
  });

  it('is taken within the skew of the clocks, and no longer', async () => {
    expect((await get(await signed(claims({ exp: now() - SKEW + 20 })))).status).toBe(200);
    expect((await get(await signed(claims({ exp: now() - SKEW - 5 })))).status).toBe(401);
    expect((await get(await signed(claims({ nbf: now() + SKEW - 20 })))).status).toBe(200);
    expect((await get(await signed(claims({ nbf: now() + SKEW + 60 })))).status).toBe(401);
  });

  it.each([
    ['that has expired', async () => signed(claims({ exp: now() - 3600 })), 'TOKEN_EXPIRED'],
    ['without an end', async () => signed(claims({ exp: undefined as never })), 'TOKEN_CLAIMS'],
    ['for somebody else', async () => signed(claims({ aud: 'urn:other' })), 'TOKEN_AUDIENCE'],
    ['for nobody', async () => signed(claims({ aud: undefined as never })), 'TOKEN_AUDIENCE'],
    ['of another issuer', async () => signed(claims({ iss: 'https://evil.example' })), 'TOKEN_ISSUER'],
    ['without a signature', async () => new UnsecuredJWT(claims()).encode(), 'TOKEN_SIGNATURE'],
    [
      'signed by another key of the same name',
      async () => {
        const { privateKey } = await generateKeyPair('RS256');
        return new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey);
      },
      'TOKEN_SIGNATURE',
    ],
    [
      'signed with the public key as a shared secret',
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(issuer.key.n));
        return new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);
      },
      'TOKEN_SIGNATURE',
    ],
    [
      'whose claims were changed afterwards',
      async () => {
        const [head, , end] = (await signed(claims())).split('.');
        const changed = Buffer.from(JSON.stringify(claims({ sub: 'admin' }))).toString('base64url');
        return [head, changed, end].join('.');
      },
      'TOKEN_SIGNATURE',
    ],
  ])('%s is refused', async (_name, make, reason) => {
    const answer = await get(await make());
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(lastReason()).toBe(reason);
  });

  it('that is forged again and again stops who it names, at its address, and nobody else', async () => {
    const forged = async (n: number) => {
      const { privateKey } = await generateKeyPair('ES256');
      return new SignJWT(claims({ sub: 'victim', n }))
        .setProtectedHeader({ alg: 'ES256', kid: `${n}` })
        .sign(privateKey);
    };
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1) statuses.push((await get(await forged(n))).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    expect((await get(await issuer.accessToken('pacs-reader', MACHINE))).status).toBe(200);
    expect((await get(TOKENS.admin)).status).toBe(200);
  });
});

describe('a person', () => {
  const begin = (path = '/studies') =>
    `${gateway.base}/admin/v1/session/oidc?returnTo=${encodeURIComponent(path)}`;

  it('signs in at the issuer by code and PKCE, and comes back with a session to the page that was asked for', async () => {
    const browser = openBrowser();
    const first = await browser.get(begin());
    expect(Object.fromEntries(first.next!.searchParams)).toMatchObject({
      client_id: CLIENT,
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    });
    const page = await browser.signIn(begin('/studies'), 'alice');
    expect(page.status).toBe(200);
    expect(page.text).toContain('content="0; url=/studies"');
    expect(page.headers.getSetCookie().join()).toMatch(/esp_session=[\w-]{43}; .*HttpOnly; SameSite=Strict/);
    const cookie = browser.cookiesFor(`${gateway.base}/`);
    const shown = await gateway.as(undefined, 'get', '/session').set('Cookie', cookie);
    expect(shown.body).toMatchObject({
      role: 'operator',
      name: expect.stringMatching(/^session:oidc:alice:/),
    });
    const viewer = await request(gateway.base).get('/viewer/app-config.js').set('Cookie', cookie);
    expect(viewer.status).toBe(200);
    const audit = await gateway.as('admin', 'get', '/audit?operation=finishOidcSignIn');
    expect(audit.body.items[0]).toMatchObject({ actor: shown.body.name, role: 'operator', status: 200 });
  });

  it('without a role of ours is told so, and gets no session', async () => {
    const page = await openBrowser().signIn(begin(), 'bob');
    expect(page.status).toBe(403);
    expect(page.headers.getSetCookie().join()).not.toContain('esp_session');
    expect(page.text).toContain('bob has no role');
  });

  it('is not signed in by a link that another browser began', async () => {
    const isCallback = (url: URL) => url.pathname.endsWith('/session/callback');
    const attacker = await openBrowser().signIn(begin(), 'alice', isCallback);
    const victim = await openBrowser().get(attacker.next!.href);
    expect(victim.status).toBe(401);
    expect(victim.headers.getSetCookie()).toEqual([]);
  });

  it('cannot use a code twice', async () => {
    const browser = openBrowser();
    const isCallback = (url: URL) => url.pathname.endsWith('/session/callback');
    const stopped = await browser.signIn(begin(), 'alice', isCallback);
    const cookie = browser.cookiesFor(stopped.next!.href);
    const call = () =>
      request(gateway.base)
        .get(stopped.next!.pathname + stopped.next!.search)
        .set('Cookie', cookie);
    expect((await call()).status).toBe(200);
    expect((await call()).status).toBe(401);
  });

  it.each(['//evil.example/', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)', '/a"b'])(
    'is not led to %s',
    async (path) => {
      const page = await openBrowser().signIn(begin(path), 'alice');
      expect(page.status).toBe(200);
      const target = /url=([^"]*)"/.exec(page.text)![1]!;
      expect(new URL(target.replace(/&#34;/g, '"'), gateway.base).origin).toBe(gateway.base);
      expect(page.text).not.toContain('"b');
    },
  );
});

describe('an issuer', () => {
  it('that signs with a new key is understood without a restart; the old key’s tokens end', async () => {
    const old = await issuer.accessToken('pacs-reader', MACHINE);
    expect((await get(old)).status).toBe(200);
    const { port } = issuer;
    await issuer.close();
    issuer = await startTestIssuer({
      key: await signingKey('two'),
      clients: clients(gatewayPort),
      roles: ROLES,
      port,
    });
    // Keys are read again at most every five seconds, so that forged tokens do not flood the issuer.
    await new Promise((resolve) => setTimeout(resolve, 5500));
    expect((await get(await issuer.accessToken('pacs-reader', MACHINE))).status).toBe(200);
    expect((await get(old)).status).toBe(401);
  });

  it('that is away lets tokens of the settings and API keys in, and says what is wrong to the others', async () => {
    const token = await issuer.accessToken('pacs-reader', MACHINE);
    await issuer.close();
    const other = await startTestGateway({
      ESP_REDIS_URL: server.url,
      ESP_OIDC_ISSUER: issuer.url,
      ESP_OIDC_CLIENT_ID: CLIENT,
      ESP_OIDC_AUDIENCE: AUDIENCE,
    });
    try {
      expect((await other.as('viewer', 'get', '/queue')).status).toBe(200);
      const answer = await request(other.base).get('/admin/v1/queue').set('Authorization', `Bearer ${token}`);
      expect(answer.body).toMatchObject({ status: 503, title: 'ISSUER_UNREACHABLE' });
      const begun = await other.as(undefined, 'get', '/session/oidc');
      expect(begun.body).toMatchObject({ status: 503, title: 'ISSUER_UNREACHABLE' });
    } finally {
      await other.close();
    }
  });
});
