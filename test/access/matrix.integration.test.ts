import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { importJWK, SignJWT } from 'jose';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes } from '../../scripts/access-matrix.js';
import { openRoles } from '../../src/access/index.js';
import { loadSettings } from '../../src/config/index.js';
import type { Scope } from '../../src/core/index.js';
import type { Route } from '../../src/dicomweb/index.js';
import { PROJECT_ROOT } from '../support/stack.js';
import { AUDIENCE, signingKey, startTestIssuer, type TestIssuer } from '../support/test-issuer.js';
import { startTestGateway, TOKENS, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const OTHER_TOKENS = {
  modality: 'dicomweb-token-of-the-tests',
  hook: 'hook-token-of-the-tests',
  metrics: 'metrics-token-of-the-tests',
} as const;
const ROLES = ['viewer', 'operator', 'admin', 'modality', 'hook', 'metrics'] as const;
const CONCURRENCY = 8;

/** A way to call, and what it may do: its scopes, or nothing at all since it is none of ours. */
interface Credential {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly scopes: ReadonlySet<Scope> | 'nobody' | 'refused';
}

let server: TestRedis;
let archive: Server;
let issuer: TestIssuer;
let gateway: TestGateway;
let routes: Route[];
let credentials: Credential[];

beforeAll(async () => {
  server = await startTestRedis();
  archive = createServer((req, res) => {
    req.resume().once('end', () => res.setHeader('content-type', 'application/dicom+json').end('[]'));
  });
  archive.listen(0, '127.0.0.1');
  await once(archive, 'listening');
  issuer = await startTestIssuer({ key: await signingKey('one'), clients: [], roles: {} });
  gateway = await startTestGateway({
    ESP_REDIS_URL: server.url,
    ESP_ARCHIVE_DICOMWEB_URL: `http://127.0.0.1:${(archive.address() as AddressInfo).port}/dicom-web`,
    ESP_DICOMWEB_TOKEN: OTHER_TOKENS.modality,
    ESP_HOOK_TOKEN: OTHER_TOKENS.hook,
    ESP_METRICS_TOKEN: OTHER_TOKENS.metrics,
    ESP_OIDC_ISSUER: issuer.url,
    ESP_OIDC_AUDIENCE: AUDIENCE,
  });
  routes = allRoutes((await gateway.as('viewer', 'get', '/openapi.json')).body as Record<string, unknown>);
  credentials = await everyCredential();
});
afterAll(async () => {
  await gateway?.close();
  await issuer?.close();
  archive?.close();
  await server?.close();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function apiKey(role: string, ended?: 'expired' | 'revoked') {
  const { body } = await gateway.as('admin', 'post', '/api-keys').send({ name: `${role}-key`, role });
  const { key, secret } = body as { key: { id: string }; secret: string };
  const past = new Date(Date.now() - 1000).toISOString();
  if (ended === 'revoked') await gateway.as('admin', 'delete', `/api-keys/${key.id}`);
  if (ended === 'expired') {
    await gateway.as('admin', 'post', `/api-keys/${key.id}/expire`).send({ expiresAt: past });
  }
  return secret;
}

async function accessToken(roles: readonly string[], over: Record<string, unknown> = {}) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer.url,
    aud: AUDIENCE,
    sub: roles.join('-') || 'x',
    iat: now,
    exp: now + 3600,
    roles,
    ...over,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .sign(await importJWK(issuer.key, 'RS256'));
}

async function sessionOf(token: string) {
  const answer = await gateway.as(undefined, 'post', '/session').send({ token });
  const cookie = (answer.headers['set-cookie'] as unknown as string[])[0]!.split(';')[0]!;
  // Of the console, and of the page of the queue board.
  return { cookie, 'x-requested-with': 'esp-console', origin: gateway.base };
}

async function everyCredential(): Promise<Credential[]> {
  const roles = openRoles(loadSettings(PROJECT_ROOT, {}));
  const all: Credential[] = [
    { name: 'nobody', headers: {}, scopes: 'nobody' },
    {
      name: 'a cookie of no session',
      headers: { cookie: `esp_session=${'A'.repeat(43)}` },
      scopes: 'nobody',
    },
  ];
  const refused: Record<string, string> = {
    'a wrong token': `Bearer ${'wrong'.repeat(6)}`,
    'a password': `Basic ${Buffer.from(`admin:${TOKENS.admin}`).toString('base64')}`,
    'no token at all': 'Bearer',
    'an unknown API key': `Bearer esp_${'a'.repeat(12)}_${'A'.repeat(43)}`,
    'an expired API key': `Bearer ${await apiKey('admin', 'expired')}`,
    'a revoked API key': `Bearer ${await apiKey('admin', 'revoked')}`,
    'an expired access token': `Bearer ${await accessToken(['admin'], { exp: 1_000_000 })}`,
    'an access token for others': `Bearer ${await accessToken(['admin'], { aud: 'urn:others' })}`,
  };
  for (const [name, authorization] of Object.entries(refused)) {
    all.push({ name, headers: { authorization }, scopes: 'refused' });
  }
  for (const role of ROLES) {
    const scopes = roles.scopesOf([role]);
    const token = { ...TOKENS, ...OTHER_TOKENS }[role];
    all.push({ name: `token of ${role}`, headers: bearer(token), scopes });
    all.push({ name: `API key of ${role}`, headers: bearer(await apiKey(role)), scopes });
    all.push({ name: `access token of ${role}`, headers: bearer(await accessToken([role])), scopes });
    if (role in TOKENS) all.push({ name: `session of ${role}`, headers: await sessionOf(token), scopes });
  }
  all.push({
    name: 'access token without a role',
    headers: bearer(await accessToken([])),
    scopes: new Set(),
  });
  const two = await accessToken(['hook', 'viewer']);
  all.push({
    name: 'access token of two roles',
    headers: bearer(two),
    scopes: roles.scopesOf(['hook', 'viewer']),
  });
  return all;
}

/** Identifiers that exist nowhere: what is asserted is who comes in, not what is done. */
const EXAMPLES: Readonly<Record<string, string>> = {
  study: '1.2.3',
  series: '1.2.3.4',
  instance: '1.2.3.4.5',
  frames: '1',
  path: '7FE00010',
  uid: '1.2.3',
};
const pathOf = ({ path }: Route) =>
  path.replace(
    /\{(\w+)\}/g,
    (_all, name: string) => EXAMPLES[name] ?? '00000000-0000-4000-8000-000000000000',
  );

async function statusOf(route: Route, { headers }: Credential): Promise<number> {
  const hasBody = !['GET', 'HEAD', 'DELETE'].includes(route.method);
  const stop = new AbortController();
  const answer = await fetch(gateway.base + pathOf(route), {
    method: route.method,
    headers: { ...headers, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
    ...(hasBody ? { body: '{}' } : {}),
    redirect: 'manual',
    signal: stop.signal,
  });
  // Streams of events have no end.
  stop.abort();
  return answer.status;
}

/** Sign-in and sign-out have their own ways to say no; they are open to everybody. */
const isOfSession = ({ path }: Route) => path.startsWith('/admin/v1/session');

/** What is wrong with an answer; undefined for one that is right. */
function faultOf(route: Route, { scopes }: Credential, status: number): string | undefined {
  const expected = (ok: boolean, what: string) => (ok ? undefined : `${status} instead of ${what}`);
  if (status === 500) return '500';
  if (isOfSession(route)) {
    return scopes === 'refused'
      ? expected(status === 401, '401')
      : expected(status !== 403, 'anything but 403');
  }
  const isAdmitted = status !== 401 && status !== 403 && status !== 429;
  if (route.scope === undefined) return expected(isAdmitted, 'admitted');
  if (scopes === 'nobody' || scopes === 'refused') return expected(status === 401, '401');
  return scopes.has(route.scope) ? expected(isAdmitted, 'admitted') : expected(status === 403, '403');
}

describe('every route with every credential', () => {
  it('lets in who has its scope, and nobody else', { timeout: 900_000 }, async () => {
    // Signing out would end the sessions of the other calls.
    const signsOut = (route: Route, credential: Credential) =>
      route.method === 'DELETE' && isOfSession(route) && 'cookie' in credential.headers;
    const cells = routes.flatMap((route) =>
      credentials
        .filter((credential) => !signsOut(route, credential))
        .map((credential) => ({ route, credential })),
    );
    const faults: string[] = [];
    const work = async () => {
      for (let cell = cells.pop(); cell; cell = cells.pop()) {
        const fault = faultOf(cell.route, cell.credential, await statusOf(cell.route, cell.credential));
        const { method, path } = cell.route;
        if (fault) faults.push(`${method} ${path} with ${cell.credential.name}: ${fault}`);
      }
    };
    expect(cells.length).toBe(
      routes.length * credentials.length - credentials.filter(({ headers }) => 'cookie' in headers).length,
    );
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    expect(faults).toEqual([]);
  });

  it('covers every scope, by routes that ask for it and by credentials with and without it', () => {
    const scopes = [
      'dicomweb:read',
      'dicomweb:store',
      'viewer',
      'admin:read',
      'admin:operate',
      'admin:*',
      'hook',
      'metrics',
    ];
    expect([...new Set(routes.flatMap(({ scope }) => scope ?? []))].sort()).toEqual([...scopes].sort());
    for (const scope of scopes as Scope[]) {
      const having = credentials.filter((one) => one.scopes instanceof Set && one.scopes.has(scope)).length;
      expect(having).toBeGreaterThan(0);
      expect(having).toBeLessThan(credentials.length);
    }
  });
});
