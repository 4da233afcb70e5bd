import type { Browser, Locator, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { launchBrowser, openGuardedPage } from '../../support/loopback-browser.js';
import { samePicture } from './screen-compare.js';

/** What to open. */
export interface OpenRequest {
  /** Origin of the gateway, e.g. `http://127.0.0.1:8080`. */
  readonly baseUrl: string;
  readonly studyInstanceUid: string;
  /**
   * How the SEG comes to be shown: `opened` = the study's page alone, as a reader finds it (one SEG of the first
   * image); `double-click` = by its entry in the series list. Default `opened`.
   */
  readonly how?: 'opened' | 'double-click';
  /** For `double-click`: text of the SEG's entry (its SeriesDescription); the first SEG when left out. */
  readonly segText?: string;
  /** Frames to look at, 1-based; default the first. */
  readonly frames?: readonly number[];
  readonly browser?: Browser;
  readonly timeoutMs?: number;
}

/** One frame, without and with the SEG. Both pictures show the viewport only. */
export interface FrameShots {
  readonly frame: number;
  readonly before: PNG;
  readonly after: PNG;
}

/** What was seen. */
export interface OhifVisit {
  readonly shots: readonly FrameShots[];
  /** Texts of the series list's entries. */
  readonly series: readonly string[];
  /** Script errors and failed requests. */
  readonly problems: readonly string[];
}

const VIEWPORT = '[data-cy="viewport-pane"]';
/** Images have a picture in the series list; SEGs have none. */
const SEG_ENTRY = '[data-cy="study-browser-thumbnail-no-image"]';

/**
 * Opens a study in OHIF and pictures the viewport without its SEG (the viewer's settings changed so that it waits in
 * the list) and with it. Waits for what is on the screen, never for a fixed time.
 * @throws when the page asks for anything outside the gateway, or nothing comes to rest in time
 */
export async function openInOhif(request: OpenRequest): Promise<OhifVisit> {
  const { baseUrl, frames = [1], how = 'opened', timeoutMs = 90_000 } = request;
  const browser = request.browser ?? (await launchBrowser());
  const { page, outside, problems } = await openGuardedPage(browser, baseUrl, { width: 1280, height: 800 });
  try {
    page.setDefaultTimeout(timeoutMs);
    await page.route('**/viewer/app-config.js', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        body: `${await answer.text()}\nwindow.config.extensions = [];\n`,
      });
    });
    await openStudy(page, request);
    const series = await page.locator('[data-cy^="study-browser-thumbnail"]').allInnerTexts();
    const before = await shootFrames(page, frames, timeoutMs);
    if (how === 'opened') {
      await page.unroute('**/viewer/app-config.js');
      await openStudy(page, request);
    } else {
      await segEntry(page, request.segText).dblclick();
    }
    await segShown(page, frames[0]!, before[0]!, timeoutMs);
    const after = await shootFrames(page, frames, timeoutMs);
    if (outside.length > 0) throw new Error(`The viewer asked for addresses outside: ${outside.join(', ')}`);
    return {
      shots: frames.map((frame, i) => ({ frame, before: before[i]!, after: after[i]! })),
      series: series.map((text) => text.replace(/\s+/g, ' ').trim()),
      problems,
    };
  } finally {
    await page.close();
    if (request.browser === undefined) await browser.close();
  }
}

/** Opens the study's page and waits for the image and the SEG's entry. */
async function openStudy(page: Page, { baseUrl, studyInstanceUid, segText }: OpenRequest): Promise<void> {
  await page.goto(`${baseUrl}/viewer/viewer?StudyInstanceUIDs=${encodeURIComponent(studyInstanceUid)}`);
  await page.locator(`${VIEWPORT} canvas`).first().waitFor();
  await segEntry(page, segText).waitFor();
}

function segEntry(page: Page, text: string | undefined): Locator {
  const entries = page.locator(SEG_ENTRY);
  return (text === undefined ? entries : entries.filter({ hasText: text })).first();
}

async function shootFrames(page: Page, frames: readonly number[], timeoutMs: number): Promise<PNG[]> {
  const shots: PNG[] = [];
  for (const frame of frames) {
    await scrollTo(page, frame, timeoutMs);
    shots.push(await atRest(page, timeoutMs, isPicture));
  }
  return shots;
}

/** Waits until the frame looks other than before; a question about loading the SEG is answered with yes. */
async function segShown(page: Page, frame: number, before: PNG, timeoutMs: number): Promise<void> {
  const yes = page.locator('[data-cy="yes-btn"]').first();
  await scrollTo(page, frame, timeoutMs);
  await atRest(page, timeoutMs, async (shot) => {
    if (await yes.isVisible()) await yes.click();
    return isPicture(shot) && !samePicture(before, shot);
  });
}

/** Turns the wheel over the viewport until its counter says the frame. */
async function scrollTo(page: Page, frame: number, timeoutMs: number): Promise<void> {
  const counter = page.locator('[data-cy="viewport-overlay-bottom-right"]').first();
  const box = await viewportBox(page);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (const end = Date.now() + timeoutMs; Date.now() < end;) {
    const [, shown, total] = /(\d+)\s*\/\s*(\d+)/.exec(await counter.innerText().catch(() => '')) ?? [];
    if (Number(shown) === frame) return;
    if (total !== undefined && frame > Number(total))
      throw new Error(`The viewport has ${total} frames only`);
    if (shown !== undefined) await page.mouse.wheel(0, Number(shown) < frame ? 100 : -100);
    await page.waitForTimeout(250);
  }
  throw new Error(`The viewport did not come to frame ${frame}`);
}

/** Pictures the viewport until two pictures in a row are the same and the condition holds. */
async function atRest(
  page: Page,
  timeoutMs: number,
  condition: (shot: PNG) => boolean | Promise<boolean>,
): Promise<PNG> {
  let last: PNG | undefined;
  for (const end = Date.now() + timeoutMs; Date.now() < end;) {
    const shot = PNG.sync.read(await page.screenshot({ clip: await viewportBox(page), caret: 'hide' }));
    if (last !== undefined && samePicture(last, shot) && (await condition(shot))) return shot;
    last = shot;
    await page.waitForTimeout(400);
  }
  throw new Error('The viewport did not come to rest with the picture expected');
}

/** An image is drawn: not only the black ground with some text on it. */
function isPicture(shot: PNG): boolean {
  let lit = 0;
  for (let i = 0; i < shot.data.length; i += 4)
    if (shot.data[i]! + shot.data[i + 1]! + shot.data[i + 2]! > 60) lit += 1;
  return lit > (shot.width * shot.height) / 20;
}

async function viewportBox(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator(VIEWPORT).first().boundingBox();
  if (box === null) throw new Error('The viewport is not on the screen');
  return box;
}
