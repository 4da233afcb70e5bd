import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/index.js';
import type { UnitObservation } from '../../src/core/index.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { connectStore, type Store, type WorkerRecord } from '../../src/store/index.js';
import { launchBrowser } from '../support/loopback-browser.js';
import { finished, type OurProcess, PROJECT_ROOT, startStack, type Stack } from '../support/stack.js';
import { type ConsolePage, openConsole, ONE_SIGNAL, pathOf, seriousIssues } from './console-support.js';

/** How long after something has gone the banner may take: 5 s, and what a busy machine adds. */
const BANNER_MS = 5000;
const BUSY_MS = 25_000;

const phantom = phantomInstance({ kind: 'dermoscopy', salt: 'night' });
let stack: Stack;
let gateway: OurProcess;
let browser: Browser;
let seen: ConsolePage;
/** What gateway and workers keep, as the test changes it. */
let store: Store;

beforeAll(async () => {
  stack = await startStack();
  store = connectStore(loadSettings(PROJECT_ROOT, { ESP_REDIS_URL: stack.redisUrl }), 'waiting');
  await store.server.ready(60_000);
  gateway = await stack.start('serve', ONE_SIGNAL);
  browser = await launchBrowser();
  seen = await openConsole(browser, gateway.base);
}, 400_000);
afterAll(async () => {
  await browser?.close();
  await store?.close();
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

  it('a worker hangs: says since when, and to restart it', async () => {
    const hung = {
      ...(await store.workers.known())[0]!,
      id: 'hung',
      current: [
        {
          studyInstanceUid: phantom.studyInstanceUid,
          correlationId: 'c',
          since: new Date(Date.now() - 45 * 60_000).toISOString(),
        },
      ],
    };
    const note = () => store.workers.note({ ...hung, seenAt: new Date().toISOString() } as WorkerRecord);
    await note();
    // It goes on to tell of itself: only its study does not go on.
    const beating = setInterval(() => void note(), 2000);
    await seen.open('/models');
    await appears(/same study for more than 30 min.*Restart the worker/);
    clearInterval(beating);
    await store.workers.forget('hung');
    await banner(/same study/).waitFor({ state: 'detached', timeout: 60_000 });
  });

  it('the model is broken: says what is wrong with it, and to roll back', async () => {
    await store.activeModel.noteProblem({
      worker: 'w',
      id: 'm',
      at: new Date().toISOString(),
      code: 'MODEL_BROKEN',
      message: 'the graph is not the one that the manifest names',
    });
    await seen.open('/studies');
    await appears(/model cannot be used.*graph is not the one.*Roll back on the Models page/);
    await store.activeModel.clearProblem('w');
    await banner(/model cannot/).waitFor({ state: 'detached', timeout: 60_000 });
  });

  it('nothing arrives: says so, and where to look first', async () => {
    // An hour to come: no study of this test ends the alert before it was seen.
    await store.feed.raise(Math.floor(Date.now() / 3_600_000) + 1000);
    await seen.open('/');
    await appears(/No study has arrived.*devices send/);
    await store.feed.clear();
    await banner(/No study has arrived/).waitFor({ state: 'detached', timeout: 60_000 });
  });

  it('the disk is full, and a device gives other results than before: both are said, the device is named on its page', async () => {
    const week = 7 * 24 * 3600 * 1000;
    const unit = (area: number): UnitObservation => ({
      device: { model: `Scope with the longest name of all ${'x'.repeat(24)}`, station: 'ROOM1' },
      outcome: 'segmented',
      channel: 'dermoscopy',
      area,
    });
    const run = { outcome: 'segmented' as const, results: [], frames: 1, workSeconds: 1 };
    for (let ago = 9; ago >= 0; ago -= 1) {
      const units = Array.from({ length: 40 }, () => unit(ago < 2 ? 0.3 : 0.1));
      await store.ledger.runs.add(`week-${ago}`, run, Date.now() - ago * week, units);
    }
    // There is never room on /proc.
    const full = await stack.start('serve', { ...ONE_SIGNAL, TMPDIR: '/proc' });
    const own = await openConsole(browser, full.base);
    await own.open('/drift');
    const said = own.page.getByRole('status', { name: 'Health' });
    await said.getByText(/0 MB of 0 MB free.*Free space/).waitFor();
    await said.getByText(/results of a device differ.*Drift page/).waitFor();
    const changed = own.page.getByRole('region', { name: 'What has changed' });
    await changed.getByRole('row', { name: /Scope.*ROOM1.*Area of the mask.*10 %.*30 %/ }).waitFor();
    // What has changed is shown first.
    await own.page.getByRole('heading', { name: /^Scope.*Dermoscopy/ }).waitFor();
    await own.page.getByText('Show as a table').click();
    await own.page.getByRole('cell', { name: '30 %' }).first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await own.page.emulateMedia({ colorScheme });
      expect(await seriousIssues(own.page), colorScheme).toEqual([]);
    }
    expect(own.trouble()).toEqual([]);
    await own.page.close();
    await full.stop();
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
