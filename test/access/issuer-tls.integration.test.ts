import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importJWK, SignJWT } from 'jose';
import request from 'supertest';
import { Agent } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/index.js';
import { freePort } from '../../src/demo/free-port.js';
import { gatewayIssuer } from '../../src/doctor/checks/gateway.js';
import type { DoctorContext } from '../../src/doctor/context.js';
import { makeAuthority, type TestAuthority, type TestCertificate } from '../support/certificates.js';
import { PROJECT_ROOT } from '../support/stack.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';
import {
  AUDIENCE,
  openBrowser,
  signingKey,
  startTestIssuer,
  type TestIssuer,
} from '../support/test-issuer.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const CLIENT = 'esp-gateway';
const SECRET = 'client-secret-of-the-tests';
let dir: string;
let authority: TestAuthority;
let ours: TestCertificate;
let server: TestRedis;
let issuer: TestIssuer;
let gateway: TestGateway;
let port: number;

/** Settings of a gateway whose issuer has a certificate of the site, and wants one of us. */
const settings = (): Record<string, string> => ({
  ESP_OIDC_ISSUER: issuer.url,
  ESP_OIDC_CLIENT_ID: CLIENT,
  ESP_OIDC_CLIENT_SECRET: SECRET,
  ESP_OIDC_AUDIENCE: AUDIENCE,
});
const tls = () => ({
  ESP_OIDC_CA_FILE: authority.caFile,
  ESP_OIDC_CERT_FILE: ours.certFile,
  ESP_OIDC_KEY_FILE: ours.keyFile,
});

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'esp-issuer-tls-'));
  authority = makeAuthority(dir);
  ours = authority.issue({ name: 'gateway', use: 'client' });
  const { cert, key } = authority.issue({ name: 'issuer', use: 'server' });
  server = await startTestRedis();
  port = await freePort();
  issuer = await startTestIssuer({
    key: await signingKey('one'),
    clients: [
      {
        client_id: CLIENT,
        client_secret: SECRET,
        redirect_uris: [`http://127.0.0.1:${port}/admin/v1/session/callback`],
      },
    ],
    roles: { alice: ['operator'] },
    tls: { cert, key, ca: authority.ca, requestCert: true, rejectUnauthorized: true },
  });
  gateway = await startTestGateway({
    ESP_REDIS_URL: server.url,
    ESP_GATEWAY_PORT: String(port),
    ...settings(),
    ...tls(),
  });
});
afterAll(async () => {
  await gateway?.close();
  await issuer?.close();
  await server?.close();
  rmSync(dir, { recursive: true, force: true });
});

const accessToken = async () => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iss: issuer.url,
    aud: AUDIENCE,
    sub: 'pacs',
    iat: now,
    exp: now + 300,
    roles: ['viewer'],
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .sign(await importJWK(issuer.key, 'RS256'));
};

it('an issuer of the site is asked with its authority and our certificate: by people and by machines', async () => {
  const answer = await request(gateway.base)
    .get('/admin/v1/queue')
    .set('Authorization', `Bearer ${await accessToken()}`);
  expect(answer.status).toBe(200);
  const dispatcher = new Agent({ connect: { ca: authority.ca, cert: ours.cert, key: ours.key } });
  const browser = openBrowser(dispatcher);
  const page = await browser.signIn(`${gateway.base}/admin/v1/session/oidc?returnTo=/studies`, 'alice');
  expect(page.status).toBe(200);
  const shown = await gateway
    .as(undefined, 'get', '/session')
    .set('Cookie', browser.cookiesFor(`${gateway.base}/`));
  expect(shown.body).toMatchObject({ role: 'operator' });
  await dispatcher.destroy();
});

it('an issuer whose authority nobody knows is named as such, and nobody comes in by it', async () => {
  const other = await startTestGateway({ ESP_REDIS_URL: server.url, ...settings() });
  try {
    const answer = await request(other.base)
      .get('/admin/v1/queue')
      .set('Authorization', `Bearer ${await accessToken()}`);
    expect(answer.status).toBe(503);
    expect(answer.body).toMatchObject({
      title: 'ISSUER_UNREACHABLE',
      detail: expect.stringContaining('authority unknown here'),
    });
  } finally {
    await other.close();
  }
});

it('the doctor asks the issuer in the same way', async () => {
  const contextOf = (more: Record<string, string>) =>
    ({ settings: loadSettings(PROJECT_ROOT, { ...settings(), ...more }) }) as DoctorContext;
  expect(await gatewayIssuer.run(contextOf(tls()))).toMatchObject({ status: 'ok' });
  expect((await gatewayIssuer.run(contextOf({}))).found).toContain('authority unknown here');
});
