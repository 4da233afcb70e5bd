import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/demo/free-port.js';
import { launchBrowser } from '../support/loopback-browser.js';
import { signingKey, startTestIssuer, type TestIssuer } from '../support/test-issuer.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const SECRET = 'client-secret-of-the-tests';
let server: TestRedis;
let issuer: TestIssuer;
let gateway: TestGateway;
let browser: Browser;

beforeAll(async () => {
  server = await startTestRedis();
  const port = await freePort();
  const callback = `http://127.0.0.1:${port}/admin/v1/session/callback`;
  // Another site than the gateway's, as an issuer is: cookies that are SameSite=Strict do not come back from it.
  issuer = await startTestIssuer({
    host: 'localhost',
    key: await signingKey('one'),
    clients: [{ client_id: 'esp', client_secret: SECRET, redirect_uris: [callback] }],
    roles: { alice: ['viewer'] },
  });
  gateway = await startTestGateway({
    ESP_REDIS_URL: server.url,
    ESP_GATEWAY_PORT: String(port),
    ESP_OIDC_ISSUER: issuer.url,
    ESP_OIDC_CLIENT_ID: 'esp',
    ESP_OIDC_CLIENT_SECRET: SECRET,
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await gateway?.close();
  await issuer?.close();
  await server?.close();
});

async function signInAtIssuer(page: Page) {
  await page.getByPlaceholder('Enter any login').fill('alice');
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

const whoAmI = (page: Page) =>
  page.evaluate(
    async () => ((await (await fetch('/admin/v1/session')).json()) as { name: string | null }).name,
  );

describe('a browser without a session', () => {
  it('goes from the viewer’s link to the issuer and back to the very page', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const link = `${gateway.base}/viewer/?StudyInstanceUIDs=1.2.3`;
    expect((await page.goto(link))!.status()).toBe(401);
    await page.getByRole('link', { name: 'Sign in with your account' }).click();
    await signInAtIssuer(page);
    // The viewer takes its time to load.
    await page.waitForURL(link, { waitUntil: 'commit' });
    await page.locator('script[src*="app-config.js"]').first().waitFor({ state: 'attached' });
    expect(await whoAmI(page)).toMatch(/^session:oidc:alice:/);
    await context.close();
  });

  it('goes from the console’s button to the issuer and back to the very page', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${gateway.base}/quarantine`);
    await page.getByRole('button', { name: 'Sign in with your account' }).click();
    await signInAtIssuer(page);
    await page.waitForURL(`${gateway.base}/quarantine`);
    await page.getByRole('heading', { name: 'Quarantine', level: 1 }).waitFor();
    expect(await whoAmI(page)).toMatch(/^session:oidc:alice:/);
    await context.close();
  });
});
