import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { PhantomInstance } from '../../src/phantom/index.js';
import { eventually } from '../support/stack.js';
import { openGuardedPage } from '../support/loopback-browser.js';

/** A study is run when it arrives, and not once more because its result arrives. */
export const ONE_SIGNAL = { ESP_INTAKE_CHANGES: 'false', ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '0' };

/** The page of a study. */
export const pathOf = ({ studyInstanceUid }: PhantomInstance) => `/studies/${studyInstanceUid}`;

/** The row of a table that leads to a study. */
export const rowOf = (page: Page, phantom: PhantomInstance) =>
  page.getByRole('row').filter({ has: page.locator(`a[href="${pathOf(phantom)}"]`) });

/** A page of the console and everything that went wrong on it. */
export interface ConsolePage {
  readonly page: Page;
  /** Goes to a path of the console and waits until its heading is there and nothing is being read. */
  open(path: string): Promise<void>;
  /** Requests to elsewhere, script errors, answers of 400 and above, and what the browser wrote as an error. */
  trouble(): readonly string[];
}

/** Opens the console's pages; nothing but the gateway can be reached from them. */
export async function openConsole(
  browser: Browser,
  base: string,
  size = { width: 1280, height: 900 },
): Promise<ConsolePage> {
  const { page, outside, problems } = await openGuardedPage(browser, base, size);
  const written: string[] = [];
  page.on('console', (message) => {
    // The browser repeats failed answers here; those are among the problems already.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      written.push(message.text());
    }
  });
  page.setDefaultTimeout(60_000);
  return {
    page,
    async open(path) {
      await page.goto(base + path);
      await page.locator('main h1').waitFor();
      await eventually(
        'the page has read what it shows',
        async () => (await page.locator('p.empty[role=status]').count()) === 0,
      );
    },
    trouble: () => [...outside.map((url) => `outside: ${url}`), ...problems, ...written],
  };
}

/** What axe finds that is serious or critical, one line each. */
export async function seriousIssues(page: Page): Promise<string[]> {
  // The page's policy allows no foreign script; the debugger's way in is not bound by it.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
}

/** How many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
