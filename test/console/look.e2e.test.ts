import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Uid, UnitObservation } from '../../src/core/index.js';
import type { Store } from '../../src/store/index.js';
import { launchBrowser } from '../support/loopback-browser.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';
import { type ConsolePage, openConsole, overflow, seriousIssues } from './console-support.js';

// How the pages look with nothing, and with two thousand studies and words that do not end, on screens of all sizes. No
// archive and no worker is there: their notices stand above every page.

const LONG = 'Wort-ohne-Ende-'.repeat(8);
const FAILED = '1.2.826.0.1.3680043.8.498.1' as Uid;
const PAGES = [
  '/',
  '/studies',
  `/studies/${FAILED}`,
  '/quarantine',
  '/drift',
  '/models',
  '/routing',
  '/webhooks',
  '/doctor',
  '/settings',
  '/audit',
];
const WIDTHS = [390, 1024, 1200, 1290, 1440, 1920];

let server: TestRedis;
let store: Store;
let gateway: TestGateway;
let browser: Browser;

beforeAll(async () => {
  server = await startTestRedis();
  store = server.open();
  // Nobody signs in on this machine.
  const open = { ESP_ADMIN_TOKEN: '', ESP_ADMIN_OPERATOR_TOKEN: '', ESP_ADMIN_VIEWER_TOKEN: '' };
  gateway = await startTestGateway({ ESP_REDIS_URL: server.url, ...open });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await gateway?.close();
  await server?.close();
});

const openAt = (width: number) => openConsole(browser, gateway.base, { width, height: 900 });

/** Tables of a page that have to be scrolled to see their last column, by what stands above them. */
const hiddenColumns = ({ page }: ConsolePage) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('.table-wrap')]
    .filter((table) => table.clientWidth > 0 && table.scrollWidth > table.clientWidth + 1)
    .map((table) => table.closest('section')?.textContent?.slice(0, 60) ?? 'a table')`);

/** Charts of a page whose texts touch an edge of their canvas: they are cut there. */
const cutCharts = ({ page }: ConsolePage) =>
  page.evaluate<number>(`[...document.querySelectorAll('.chart canvas')].filter((canvas) => {
    const paint = canvas.getContext('2d');
    const column = (x) => paint.getImageData(x, 0, 1, canvas.height).data.some((value) => value > 0);
    return column(0) || column(canvas.width - 1);
  }).length`);

async function looksRight(on: ConsolePage, path: string, width: number): Promise<void> {
  await on.open(path);
  expect(await overflow(on.page), `${path} at ${width}: wider than the window`).toBeLessThanOrEqual(0);
  expect(await cutCharts(on), `${path} at ${width}: a chart is cut`).toBe(0);
  // Below that tables are lists, or scroll where they stay tables.
  if (width >= 1024) expect(await hiddenColumns(on), `${path} at ${width}: columns are hidden`).toEqual([]);
}

describe('with nothing', () => {
  it.each([390, 1024])('no page is cut off, %i px', async (width) => {
    const on = await openAt(width);
    for (const path of PAGES) if (!path.endsWith(FAILED)) await looksRight(on, path, width);
    await on.page.close();
  });

  it('no figure stands before its data are there', async () => {
    const on = await openAt(1440);
    let answer = () => {};
    const asked = new Promise<void>((resolve) => (answer = resolve));
    await on.page.route(/admin\/v1\/(stats|queue|workers|usage)/, async (route) => {
      await asked;
      await route.continue();
    });
    await on.page.goto(gateway.base);
    const figures = on.page.locator('dl.figures');
    await figures.waitFor();
    expect(await figures.locator('.skeleton').count()).toBe(5);
    expect(await figures.textContent()).not.toMatch(/\d s|no failure|nothing is processed|^0/);
    expect(await on.page.getByText('Nothing has been processed in these days').count()).toBe(0);
    answer();
    await figures.getByText('nothing is processed').waitFor();
    await on.page.getByText('Nothing has been processed in these days').waitFor();
    expect(await figures.locator('.skeleton').count()).toBe(0);
    await on.page.close();
  });
});

describe('with two thousand studies and words that do not end', () => {
  beforeAll(async () => {
    const channels = ['dermoscopy', 'xray', 'ultrasound', 'fundus'];
    const write = (n: number) =>
      store.ledger.update(`1.2.826.0.1.3680043.8.498.10000000.${n}` as Uid, {
        state: 'done',
        outcome: 'segmented',
        seconds: 515,
        workSeconds: 0.7,
        units: [
          {
            outcome: 'segmented',
            channel: channels[n % 4],
            score: 0.98,
            reasons: [LONG],
            sourceSeriesUid: '1.2.3',
            sourceInstanceUids: ['1.2.3.4'],
            quality: { predicted: 0.8, lower: 0.6, review: n % 3 === 0 },
          },
        ],
      });
    for (let from = 0; from < 2000; from += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, n) => write(from + n)));
    }
    await store.ledger.update(FAILED, {
      state: 'done',
      outcome: 'failed',
      error: {
        code: 'PIXELS_INVALID',
        message: `The stream ends early: ${LONG}`,
        advice: `Send it again: ${LONG}`,
      },
      units: [
        {
          outcome: 'failed',
          reasons: [`PIXELS_INVALID: ${LONG}`],
          sourceSeriesUid: '1.2.826.0.1.3680043.8.498.99999999999999999999.1',
          sourceInstanceUids: ['1.2.826.0.1.3680043.8.498.99999999999999999999.1.1'],
        },
      ],
    });
    const now = Date.now();
    const run = (outcome: 'segmented' | 'failed', channel: string) => ({
      outcome,
      results: [{ channel, outcome, units: 1 }],
      frames: 12_000,
      latencySeconds: 40_000,
      workSeconds: 3,
    });
    for (let n = 0; n < 40; n += 1) {
      const ended = run(n % 7 === 0 ? 'failed' : 'segmented', channels[n % 4]!);
      await store.ledger.runs.add(`run-${n}`, ended, now - n * 30 * 60_000);
    }
    const unit = (n: number): UnitObservation => ({
      device: { model: LONG.slice(0, 64), station: `STATION-${n % 3}` },
      outcome: 'segmented',
      channel: channels[n % 4],
      outOfDistribution: n % 9 === 0,
      area: 0.1,
    });
    for (let ago = 0; ago < 10; ago += 1) {
      const units = Array.from({ length: 60 }, (_, n) => unit(n));
      await store.ledger.runs.add(
        `week-${ago}`,
        run('segmented', 'xray'),
        now - ago * 7 * 24 * 3_600_000,
        units,
      );
    }
    await store.drift.keep([
      { device: unit(0).device, channel: 'dermoscopy', measure: 'area', before: 0.1, now: 0.2, units: 90 },
    ]);
  });

  it.each(WIDTHS)(
    'no page is cut off, no column is hidden and no axis is cut, %i px',
    { timeout: 400_000 },
    async (width) => {
      const on = await openAt(width);
      for (const path of PAGES) await looksRight(on, path, width);
      await on.page.close();
    },
  );

  it.each(['light', 'dark'] as const)(
    'axe finds nothing serious on any page, %s',
    { timeout: 600_000 },
    async (colorScheme) => {
      const on = await openAt(1440);
      await on.page.emulateMedia({ colorScheme });
      for (const path of PAGES) {
        await on.open(path);
        expect(await seriousIssues(on.page), `${path}, ${colorScheme}`).toEqual([]);
      }
      await on.page.close();
    },
  );

  it('axe finds nothing serious where the navigation is a rail, nor where it is a menu', async () => {
    for (const width of [1024, 390]) {
      const on = await openAt(width);
      await on.open('/studies');
      expect(await seriousIssues(on.page), `${width}`).toEqual([]);
      await on.page.close();
    }
  });

  it('the dialog that runs many studies again repeats the filter, says what of it does not count, and has dates', async () => {
    const on = await openAt(1440);
    await on.open('/studies?outcome=failed&channel=xray&state=done&accessionNumber=4711');
    const button = on.page.getByRole('button', { name: 'Reprocess many …' });
    await button.click();
    const dialog = on.page.getByRole('dialog');
    const filter = dialog.getByLabel('Filter', { exact: true });
    await filter.getByText('Failed').waitFor();
    // Titles of channels come from the gateway.
    await filter.getByText('X-ray').waitFor();
    expect(await filter.textContent()).toBe('OutcomeFailedChannelX-ray');
    await dialog.getByText('Not counted here: Accession number 4711, State Done.').waitFor();
    await dialog.getByLabel(/Studies of the archive/).check();
    expect(await dialog.getByLabel('First study date').inputValue()).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(await dialog.getByLabel('Last study date').inputValue()).toMatch(/^\d{4}-\d\d-\d\d$/);
    await on.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await on.page.waitForFunction(`document.activeElement.textContent === 'Reprocess many …'`);
    await on.page.close();
  });

  it('Explain offers the studies that changed last', async () => {
    const on = await openAt(1440);
    await on.open('/routing');
    const recent = on.page.getByRole('group', { name: 'Recent studies' }).getByRole('button');
    await recent.first().waitFor();
    expect(await recent.count()).toBe(6);
    await recent.first().click();
    expect(await on.page.getByLabel('StudyInstanceUID').inputValue()).toBe(FAILED);
    await on.page.close();
  });
});
