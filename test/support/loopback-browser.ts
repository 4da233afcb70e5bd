import { chromium, type Browser, type Page } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  // The viewer draws with WebGL; without a graphics card it is computed.
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  // No name is looked up but our own.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** A page that can only reach one origin, and what went wrong on it. */
export interface GuardedPage {
  readonly page: Page;
  /** Addresses outside the origin that the page asked for; they were refused. */
  readonly outside: readonly string[];
  /** Errors of scripts, and answers of 400 and above, in order. */
  readonly problems: readonly string[];
}

/** Starts the system's Chromium, or the one given. */
export function launchBrowser(executablePath = '/usr/bin/chromium'): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: ARGUMENTS });
}

/** Opens a page whose requests are held to the origin of `baseUrl`. */
export async function openGuardedPage(
  browser: Browser,
  baseUrl: string,
  size: { width: number; height: number },
): Promise<GuardedPage> {
  const origin = new URL(baseUrl).origin;
  const outside: string[] = [];
  const problems: string[] = [];
  const page = await browser.newPage({ viewport: size });
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    if (url.origin === origin || url.protocol === 'blob:' || url.protocol === 'data:')
      return route.continue();
    outside.push(url.href);
    return route.abort();
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
  return { page, outside, problems };
}
