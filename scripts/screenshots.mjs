// Renews the pictures of the docs from a running demo: `scripts/demo`, then `node scripts/screenshots.mjs http://127.0.0.1:8042`.
// Phantoms only: no picture of a real person belongs into the repository.
import { chromium } from 'playwright-core';
import { fetch } from 'undici';

const base = process.argv[2]?.replace(/\/+$/, '');
if (!base) {
  console.error('usage: node scripts/screenshots.mjs ADDRESS, as the demo prints it');
  process.exit(2);
}
const at = (file) => new URL(`../docs/${file}`, import.meta.url).pathname;
async function told(path) {
  const answer = await fetch(`${base}/admin/v1${path}`);
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}; is the demo up?`);
  return answer.json();
}
const { items } = await told('/studies?limit=100');
const listed = items.find((item) => item.channels?.includes('dermoscopy') && item.outcome === 'segmented');
if (!listed) throw new Error('the demo has no segmented study of dermoscopy');
const study = await told(`/studies/${listed.studyInstanceUid}`);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
});

/** One picture of a page, once what is named on it is there and nothing moves any more. */
async function shoot(file, path, { width, height, colorScheme = 'light', wait, settle = 6000, clip }) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
  await page.goto(`${base}${path}`, { waitUntil: 'load' });
  await page.locator(wait).first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(settle);
  await page.screenshot({ path: at(file), ...(clip && { clip }) });
  await page.close();
  console.log(at(file));
}

const studyPath = `/studies/${study.studyInstanceUid}`;
await shoot('images/console-live.png', '/', { width: 1200, height: 860, wait: '.chart canvas' });
await shoot('images/console-study.png', studyPath, { width: 1200, height: 860, wait: 'main img' });
await shoot('images/console-phone.png', '/', {
  width: 390,
  height: 780,
  colorScheme: 'dark',
  wait: '.chart canvas',
});
await shoot('overlay.png', study.links.viewer.replace(base, ''), {
  width: 1400,
  height: 800,
  wait: '.cornerstone-canvas',
  settle: 12_000,
});
await browser.close();
