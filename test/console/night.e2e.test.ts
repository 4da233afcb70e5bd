import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phantomInstance } from '../../src/phantom/index.js';
import { launchBrowser } from '../support/loopback-browser.js';
import { finished, type OurProcess, startStack, type Stack } from '../support/stack.js';
import { type ConsolePage, openConsole, ONE_SIGNAL, pathOf } from './console-support.js';

/** How long after something has gone the banner may take: 5 s, and what a busy machine adds. */
const BANNER_MS = 5000;
const BUSY_MS = 25_000;

const phantom = phantomInstance({ kind: 'dermoscopy', salt: 'night' });
let stack: Stack;
let gateway: OurProcess;
let browser: Browser;
let seen: ConsolePage;

beforeAll(async () => {
  stack = await startStack();
  gateway = await stack.start('serve', ONE_SIGNAL);
  browser = await launchBrowser();
  seen = await openConsole(browser, gateway.base);
}, 400_000);
afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

const banner = (words: RegExp) => seen.page.getByRole('status', { name: 'Health' }).getByText(words);
const appears = (words: RegExp) => banner(words).waitFor({ timeout: BANNER_MS + BUSY_MS });

describe('a night at the console, without a terminal', () => {
  it('no worker: says so on every page, and how to start one', async () => {
    for (const path of ['/', '/studies', '/models']) {
      await seen.open(path);
      await appears(/No worker is alive.*Start one: esp-medsam worker/);
    }
    await stack.start('worker');
    await banner(/No worker/).waitFor({ state: 'detached', timeout: 60_000 });
  });

  it('which study is which: description and accession number stand in the list, and are searched for', async () => {
    await gateway.client.store(phantom.bytes);
    await finished(gateway.client, phantom.studyInstanceUid);
    await seen.open('/studies');
    const row = seen.page.getByRole('row').filter({ has: seen.page.locator(`a[href="${pathOf(phantom)}"]`) });
    await row
      .getByText(/Phantom/i)
      .first()
      .waitFor();
    await seen.open('/studies?description=Phantom');
    await row.waitFor();
    await seen.open('/studies?accessionNumber=no-such-number');
    await seen.page.getByText('No study matches').waitFor();
  });

  it('the keyboard tells what it does', async () => {
    await seen.open('/studies');
    await seen.page.locator('main h1').focus();
    await seen.page.keyboard.press('?');
    await seen.page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await seen.page.keyboard.press('Escape');
    await seen.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('the archive goes: the banner says so and what to do first; the list still stands', async () => {
    await seen.open('/studies');
    await stack.stopOrthanc();
    await appears(/archive.*Check that the archive runs/i);
    await seen.open('/studies');
    await seen.page.locator(`a[href="${pathOf(phantom)}"]`).waitFor();
    await stack.restartOrthanc();
    await banner(/archive/i).waitFor({ state: 'detached', timeout: 60_000 });
  });

  it('Redis goes: frame and navigation stay, also after loading the page again, and the doctor says what to do', async () => {
    await seen.open('/');
    await stack.stopRedis();
    await appears(/Redis.*Check that Redis runs/);
    await seen.page.reload();
    await appears(/Redis.*Check that Redis runs/);
    await seen.page.getByRole('link', { name: 'Doctor' }).click();
    await seen.page.locator('main h1', { hasText: 'Doctor' }).waitFor();
    await seen.page.locator('.findings').getByText(/Redis/).first().waitFor({ timeout: 90_000 });
    expect(await seen.page.getByRole('navigation', { name: 'Console' }).isVisible()).toBe(true);
  });
});
