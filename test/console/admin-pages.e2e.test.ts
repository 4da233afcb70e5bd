import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Uid } from '../../src/core/index.js';
import type { StudyQueue } from '../../src/store/index.js';
import { startTestGateway, TOKENS, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';
import { launchBrowser, openGuardedPage, type GuardedPage } from '../support/loopback-browser.js';

/** Set to a folder to keep what the browser showed. */
const SAVE_TO = process.env.ESP_SAVE_SCREENSHOTS;
const STUDY = '1.2.826.0.1.3680043.8.498.77' as Uid;

let server: TestRedis;
let gateway: TestGateway;
let queue: StudyQueue;
let browser: Browser;

beforeAll(async () => {
  server = await startTestRedis();
  ({ queue } = server.open());
  gateway = await startTestGateway({ ESP_REDIS_URL: server.url });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await gateway?.close();
  await server?.close();
});

/** A page of somebody who has signed in, and what the browser's policy refused on it. */
async function signedIn(): Promise<GuardedPage & { refused: string[] }> {
  const guarded = await openGuardedPage(browser, gateway.base, { width: 1200, height: 800 });
  const { headers } = await gateway.as(undefined, 'post', '/session').send({ token: TOKENS.admin });
  const [cookie] = headers['set-cookie'] as unknown as string[];
  const value = /^esp_session=([^;]+)/.exec(cookie!)![1]!;
  await guarded.page.context().addCookies([{ name: 'esp_session', value, url: gateway.base }]);
  const refused: string[] = [];
  guarded.page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  return { ...guarded, refused };
}

async function save(page: Page, name: string): Promise<void> {
  if (!SAVE_TO) return;
  mkdirSync(SAVE_TO, { recursive: true });
  await page.screenshot({ path: join(SAVE_TO, `${name}.png`) });
}

describe('pages for administrators that come from packages', () => {
  it('Bull Board shows the queue and changes it, within its policy and from here alone', async () => {
    await queue.enqueue(STUDY, { priority: 'urgent' });
    const { page, outside, problems, refused } = await signedIn();
    await page.goto(`${gateway.base}/admin/queues/queue/studies?status=prioritized`);
    await page.getByText(STUDY).first().waitFor();
    await save(page, 'bull-board');
    // As the board's own script does it: with what the browser adds by itself and nothing else.
    const path = '/admin/queues/api/queues/studies/pause';
    const status = await page.evaluate(async (url) => (await fetch(url, { method: 'PUT' })).status, path);
    expect(status).toBe(200);
    expect(await queue.isPaused()).toBe(true);
    await queue.resume();
    expect({ outside, problems, refused }).toEqual({ outside: [], problems: [], refused: [] });
    await page.close();
  });

  it('the documentation shows every operation, and tries one', async () => {
    const { page, outside, problems, refused } = await signedIn();
    await page.goto(`${gateway.base}/admin/v1/docs`);
    const pause = page.locator('[id$="-pauseQueue"]');
    await pause.waitFor();
    await save(page, 'docs');
    await pause.getByRole('button').first().click();
    await pause.getByRole('button', { name: 'Try it out' }).click();
    await pause.getByRole('button', { name: 'Execute' }).click();
    await pause.locator('.live-responses-table').waitFor();
    expect(await queue.isPaused()).toBe(true);
    expect({ outside, problems, refused }).toEqual({ outside: [], problems: [], refused: [] });
    await page.close();
  });
});
