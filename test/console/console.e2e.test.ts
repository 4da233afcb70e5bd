import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phantomInstance, type PhantomInstance } from '../../src/phantom/index.js';
import { eventually, finished, startStack, type OurProcess, type Stack } from '../support/stack.js';
import {
  ONE_SIGNAL,
  openConsole,
  overflow,
  pathOf,
  rowOf,
  seriousIssues,
  type ConsolePage,
} from './console-support.js';
import { launchBrowser } from '../support/loopback-browser.js';
import { samePicture } from '../dicomweb/viewer/screen-compare.js';

/** Set to a folder to keep what the browser showed. */
const SAVE_TO = process.env.ESP_SAVE_SCREENSHOTS;
const TOKENS = {
  viewer: 'viewer-token-0123456789',
  operator: 'operator-token-0123456789',
  admin: 'admin-token-0123456789',
};

const dermoscopy = phantomInstance({ kind: 'dermoscopy', salt: 'console', seed: 2 });
const cine = phantomInstance({ kind: 'ultrasound-cine', salt: 'console', seed: 2 });
/** Its card on Live; the list of workers may link to it as well. */
const cardOf = (phantom: PhantomInstance) => `a.recent-study[href="${pathOf(phantom)}"]`;
const PAGES = [
  '/',
  '/studies',
  pathOf(cine),
  '/quarantine',
  '/drift',
  '/models',
  '/routing',
  '/webhooks',
  '/doctor',
  '/settings',
  '/audit',
];

let stack: Stack;
/** Open to everybody on this machine. */
let gateway: OurProcess;
let worker: OurProcess;
let browser: Browser;
let seen: ConsolePage;
let page: Page;

beforeAll(async () => {
  stack = await startStack();
  gateway = await stack.start('serve', {
    ESP_WORKER_ATTEMPTS: '1',
    ESP_WEBHOOKS_NETWORKS: '127.0.0.1',
    ...ONE_SIGNAL,
  });
  browser = await launchBrowser();
  seen = await openConsole(browser, gateway.base);
  page = seen.page;
});
afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

async function save(name: string, from: Page = page): Promise<void> {
  if (!SAVE_TO) return;
  mkdirSync(SAVE_TO, { recursive: true });
  await from.screenshot({ path: join(SAVE_TO, `${name}.png`), caret: 'hide' });
}

const picture = async (what: Locator) => PNG.sync.read(await what.screenshot());

/** Whether an image has been loaded and shows something. */
async function shows(image: Locator): Promise<boolean> {
  if ((await image.count()) === 0) return false;
  return (await image.evaluate((element: unknown) => (element as { naturalWidth: number }).naturalWidth)) > 0;
}

/** The frame's picture once it is another than before. */
function changedFrom(before: PNG, what: Locator): Promise<PNG> {
  return eventually('another picture', async () => {
    const now = await picture(what);
    return samePicture(before, now) ? undefined : now;
  });
}

describe("the console, from an empty archive to an administrator's daily work", () => {
  it('says what to do next while there is no study and no worker', async () => {
    await seen.open('/');
    await page.getByText('No study yet').waitFor();
    await page.getByText('No worker has reported').waitFor();
    await page.getByText('Live', { exact: true }).last().waitFor();
  });

  it('shows a study that fails on the page that is open, without a reload', async () => {
    // A worker that cannot reach the archive.
    worker = await stack.start('worker', {
      ESP_ARCHIVE_DICOMWEB_URL: 'http://127.0.0.1:9/dicom-web',
      ESP_ARCHIVE_ORTHANC_URL: '',
      ESP_WORKER_ATTEMPTS: '1',
    });
    await gateway.client.store(dermoscopy.bytes);
    const card = page.locator(cardOf(dermoscopy));
    await card.getByText('Failed').waitFor();
    await page.getByRole('link', { name: /Quarantine\s*1/ }).waitFor();
  });

  it('names the cause in quarantine and replays the study when it is mended', async () => {
    await seen.open('/quarantine');
    const row = rowOf(page, dermoscopy);
    await row.getByText('ARCHIVE_UNREACHABLE').waitFor();
    await row.getByText('Check that the archive runs').waitFor();
    await save('quarantine');
    await worker.stop();
    worker = await stack.start('worker');
    const since = new Date().toISOString();
    await row.getByRole('button', { name: 'Replay' }).click();
    await page.getByText('Nothing is in quarantine').waitFor();
    expect((await finished(gateway.client, dermoscopy.studyInstanceUid, since)).outcome).toBe('segmented');
    await seen.open(pathOf(dermoscopy));
    await page.getByText('Replayed from quarantine').waitFor();
  });

  it('shows a study that arrives on Live, with the picture of its result', async () => {
    await seen.open('/');
    await gateway.client.store(cine.bytes);
    const card = page.locator(cardOf(cine));
    await card.getByText('Segmented').waitFor();
    await card.getByText('Ultrasound').waitFor();
    await eventually('the thumbnail', () => shows(card.locator('img')));
    await page.getByRole('heading', { name: 'Arrival to result' }).waitFor();
    await page.getByText('Show as a table').first().click();
    expect(
      await page
        .getByRole('region', { name: /as a table/ })
        .getByRole('row')
        .count(),
    ).toBeGreaterThan(1);
  });

  it('reads every few seconds where no events come through', async () => {
    const deaf = await openConsole(browser, gateway.base);
    await deaf.page.route('**/admin/v1/events', (route) => route.abort());
    await deaf.open('/');
    await deaf.page.getByText('Reads every 4 s').waitFor();
    const late = phantomInstance({ kind: 'xray', salt: 'console', seed: 2 });
    await gateway.client.store(late.bytes);
    await deaf.page.locator(cardOf(late)).waitFor();
    expect((await finished(gateway.client, late.studyInstanceUid)).outcome).toBe('segmented');
    await deaf.page.close();
  });

  it('explains a study: preview with slider, evidence, timeline, the way to OHIF', async () => {
    await seen.open(pathOf(cine));
    const image = page.locator('.picture img');
    await eventually('the preview', () => shows(image));
    const first = await picture(image);
    await page.getByRole('button', { name: 'Original' }).click();
    const plain = await changedFrom(first, image);
    await page.getByRole('button', { name: 'Filled' }).click();
    const filled = await changedFrom(plain, image);
    await page.getByRole('button', { name: 'Side by side' }).click();
    await eventually('three pictures', async () => (await image.count()) === 3);
    await page.getByRole('button', { name: 'Outline' }).click();
    await eventually('one picture', async () => (await image.count()) === 1);
    await changedFrom(filled, image);
    await page.getByRole('slider', { name: 'Frame' }).fill('5');
    await page.getByText('5 / 8', { exact: true }).waitFor();
    await changedFrom(first, image);
    expect(await image.getAttribute('alt')).toBe(
      'Frame 5 of 8, Breast ultrasound, with the outline of the segmentation',
    );
    await page.getByText(/Header rule breast-ultrasound/).waitFor();
    await page.getByText('A worker took it').first().waitFor();
    expect(await page.getByRole('link', { name: /Open in OHIF/ }).getAttribute('href')).toBe(
      `/viewer/viewer?StudyInstanceUIDs=${cine.studyInstanceUid}`,
    );
    await save('study');
  });

  it('asks before it reprocesses, and shows the run as it goes on', async () => {
    await seen.open(pathOf(cine));
    const since = new Date().toISOString();
    await page.getByRole('button', { name: 'Reprocess' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reprocess this study?' });
    await dialog.getByRole('radio', { name: /Urgent/ }).check();
    await dialog.getByRole('button', { name: 'Reprocess' }).click();
    await page.getByText('Queued again').waitFor();
    await page.getByText('Somebody asked for another run').waitFor();
    await finished(gateway.client, cine.studyInstanceUid, since);
    await page.getByText('priority: urgent').waitFor();
    await page.getByRole('status').getByText('Segmented').first().waitFor();
  });

  it('closes a dialog with Escape without doing anything', async () => {
    await seen.open(pathOf(cine));
    await page.getByRole('button', { name: 'Reprocess' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate<string>('document.activeElement.textContent')).toContain('Reprocess');
  });

  it('narrows the list of studies and walks through it by keyboard', async () => {
    await seen.open('/studies');
    await page.getByLabel('Channel').selectOption('ultrasound');
    await page.locator(`a[href="${pathOf(dermoscopy)}"]`).waitFor({ state: 'detached' });
    expect(page.url()).toContain('channel=ultrasound');
    await page.getByLabel('Outcome').selectOption('empty');
    await page.getByText('No study matches').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    const links = page.locator('a.row-link');
    await eventually('all studies', async () => (await links.count()) === 3);
    await links.first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate<string>('document.activeElement.getAttribute("href")')).toBe(
      await links.nth(1).getAttribute('href'),
    );
    const target = await links.nth(1).getAttribute('href');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${target}`);
    // The address changes before the new page is drawn: the title is waited for, and must be the one with the focus.
    await page.locator('main h1:focus').getByText('Study').waitFor();
  });

  it('says how many studies a backfill would take before it starts', async () => {
    await seen.open('/studies?channel=dermoscopy');
    await page.getByRole('button', { name: 'Reprocess many …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'How many are these?' }).click();
    await dialog.getByText('1 study matches.').waitFor();
    const since = new Date().toISOString();
    await dialog.getByRole('button', { name: 'Reprocess 1 study' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await finished(gateway.client, dermoscopy.studyInstanceUid, since)).outcome).toBe('segmented');
  });

  it('explains by the rules, refuses rules that do not hold, and keeps a version of those that do', async () => {
    await seen.open(`/routing?study=${cine.studyInstanceUid}`);
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.getByText('Would be segmented').waitFor();
    const editor = page.getByLabel(/Rules as YAML/);
    const rules = await editor.inputValue();
    await editor.fill(rules.replace('strong: 0.7', 'strong: 7'));
    await page.getByRole('button', { name: 'Validate' }).click();
    await page.getByText('The rules do not hold.').waitFor();
    await editor.fill(`# edited in the console\n${rules}`);
    await page.getByRole('button', { name: 'Put in force …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Put these rules in force?' });
    await dialog.getByLabel(/Why/).fill('a comment more');
    await dialog.getByRole('button', { name: 'Put in force' }).click();
    await page.getByText('Version 1 is in force').waitFor();
    await page.getByText('In force: version 1').waitFor();
    await page.getByRole('cell', { name: 'a comment more' }).waitFor();
  });

  it('pauses the queue and goes on', async () => {
    await seen.open('/');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Studies are still taken in and wait here.').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Studies are still taken in and wait here.').waitFor({ state: 'detached' });
  });

  it('adds a webhook and shows what became of a test', async () => {
    await seen.open('/webhooks');
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a webhook' });
    await dialog.getByLabel('Address').fill('http://127.0.0.1:9/told');
    await dialog.getByLabel(/Secret/).fill('a secret of sufficient length');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: 'http://127.0.0.1:9/told' }).waitFor();
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByRole('cell', { name: 'test', exact: true }).waitFor();
    await page.getByRole('cell', { name: 'Failed' }).waitFor();
  });

  it('verifies the model on the worker', async () => {
    await seen.open('/models');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('Passed', { exact: true }).waitFor({ timeout: 150_000 });
  });

  it('examines the set-up and sends a phantom through the chain', async () => {
    // The phantom goes into the archive directly: a gateway that follows the archive's changes notices it.
    const following = await stack.start('serve', { ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '0' });
    const own = await openConsole(browser, following.base);
    await own.open('/doctor');
    await own.page.getByRole('heading', { name: 'Findings' }).waitFor();
    await own.page.getByRole('button', { name: 'Send a phantom' }).click();
    await own.page.getByText('The chain works.').waitFor({ timeout: 150_000 });
    await own.page.getByText('The phantom is removed again.').waitFor();
    await save('doctor', own.page);
    expect(own.trouble()).toEqual([]);
    await own.page.close();
    await following.stop();
  });
});

describe('what everybody needs', () => {
  it.each(['light', 'dark'] as const)('axe finds nothing serious on any page, %s', async (colours) => {
    await page.emulateMedia({ colorScheme: colours });
    for (const path of PAGES) {
      await seen.open(path);
      if (path === '/doctor') await page.getByText(/without a fault/).click();
      expect(await seriousIssues(page), `${path}, ${colours}`).toEqual([]);
      if (path === '/') await save(`live-${colours}`);
    }
  });

  it('the switch for the colours outlasts the page', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await seen.open('/');
    const background = () =>
      page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    const light = await background();
    await page.getByRole('button', { name: 'Dark' }).click();
    const dark = await background();
    expect(dark).not.toBe(light);
    await seen.open('/studies');
    expect(await background()).toBe(dark);
    await page.getByRole('button', { name: 'As the system' }).click();
    expect(await background()).toBe(light);
  });

  it('no page is wider than a narrow telephone, and the navigation unfolds', async () => {
    const phone = await openConsole(browser, gateway.base, { width: 360, height: 780 });
    for (const path of PAGES) {
      await phone.open(path);
      expect(await overflow(phone.page), path).toBeLessThanOrEqual(0);
    }
    await phone.open('/');
    await save('phone', phone.page);
    await phone.page.getByRole('button', { name: 'Menu' }).click();
    await phone.page.getByRole('link', { name: 'Studies', exact: true }).click();
    await phone.page.getByRole('heading', { name: 'Studies', level: 1 }).waitFor();
    expect(await seriousIssues(phone.page)).toEqual([]);
    expect(phone.trouble()).toEqual([]);
    await phone.page.close();
  });

  it('the first thing the keyboard reaches is the way past the navigation', async () => {
    await seen.open('/studies');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('main');
  });

  it('a path that is no page is said to be none, by the gateway and by the console', async () => {
    const answer = await fetch(`${gateway.base}/nothing-here`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const deep = await fetch(`${gateway.base}${pathOf(cine)}`);
    expect(deep.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(deep.headers.get('cache-control')).toBe('no-cache');
    const asset = /src="(\/assets\/[^"]+)"/.exec(await deep.text())![1]!;
    expect((await fetch(gateway.base + asset)).headers.get('cache-control')).toContain('immutable');
  });

  it('all of this asked nothing of any other origin and caused no error', () => {
    expect(seen.trouble()).toEqual([]);
  });
});

describe('signing in', () => {
  let guarded: OurProcess;

  beforeAll(async () => {
    guarded = await stack.start('serve', {
      ...ONE_SIGNAL,
      ESP_ADMIN_TOKEN: TOKENS.admin,
      ESP_ADMIN_OPERATOR_TOKEN: TOKENS.operator,
      ESP_ADMIN_VIEWER_TOKEN: TOKENS.viewer,
    });
  });

  const signIn = async (on: Page, token: string) => {
    await on.getByLabel('Token').fill(token);
    await on.getByRole('button', { name: 'Sign in' }).click();
  };

  it('refuses a wrong token in words', async () => {
    const { page: own } = await openConsole(browser, guarded.base);
    await own.goto(`${guarded.base}/studies`);
    await own.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await seriousIssues(own)).toEqual([]);
    await signIn(own, 'not-a-token-of-ours-0');
    await own.getByRole('alert').getByText('The token is not known').waitFor();
    await save('sign-in', own);
    await own.close();
  });

  it.each([
    ['viewer', { reprocess: false, audit: false }],
    ['operator', { reprocess: true, audit: false }],
    ['admin', { reprocess: true, audit: true }],
  ] as const)('shows a %s what the role may do', async (role, may) => {
    const context = await browser.newContext();
    const own = await context.newPage();
    await own.goto(guarded.base + pathOf(cine));
    await signIn(own, TOKENS[role]);
    await own.getByRole('link', { name: /Open in OHIF/ }).waitFor();
    expect(await own.getByRole('button', { name: 'Reprocess' }).isVisible()).toBe(may.reprocess);
    expect(await own.getByRole('link', { name: 'Audit' }).isVisible()).toBe(may.audit);
    if (may.audit) {
      await own.getByRole('link', { name: 'Audit' }).click();
      await own.getByRole('cell', { name: 'reprocessStudy' }).first().waitFor();
      await own.getByRole('link', { name: 'Settings' }).click();
      await own.getByRole('cell', { name: 'set', exact: true }).first().waitFor();
      expect(await own.content()).not.toContain(TOKENS.admin);
    } else {
      // By its address the page says why it shows nothing.
      await own.goto(`${guarded.base}/audit`);
      await own
        .getByRole('alert')
        .getByText(/This needs the scope admin:\*/)
        .waitFor();
    }
    await own.getByRole('button', { name: 'Sign out' }).click();
    await own.getByRole('heading', { name: 'Sign in' }).waitFor();
    await context.close();
  });

  it('goes back to signing in when the session has ended elsewhere', async () => {
    const context = await browser.newContext();
    const own = await context.newPage();
    await own.goto(guarded.base);
    await signIn(own, TOKENS.viewer);
    await own.getByRole('heading', { name: 'Last studies' }).waitFor();
    await context.clearCookies();
    await own.getByRole('link', { name: 'Studies', exact: true }).click();
    await own.getByRole('heading', { name: 'Sign in' }).waitFor();
    await context.close();
  });
});
