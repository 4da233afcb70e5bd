import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModalities } from '../../../src/routing/index.js';
import type { Mask } from '../../../src/core/index.js';
import { readSeg } from '../../../src/demo/read-seg.js';
import { phantomInstance, type PhantomInstance } from '../../../src/phantom/index.js';
import { finished, PROJECT_ROOT, startStack, type OurProcess, type Stack } from '../../support/stack.js';
import { launchBrowser } from '../../support/loopback-browser.js';
import { openInOhif, type FrameShots } from './overlay-visible.js';
import { overlayAgreement, overlayShare } from './screen-compare.js';

const { channels } = loadModalities(join(PROJECT_ROOT, 'config/modalities.yaml'));
/** Set to a folder to keep what the browser showed. */
const SAVE_TO = process.env.ESP_SAVE_SCREENSHOTS;

let stack: Stack;
let ours: OurProcess;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack();
  ours = await stack.start('all');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

/** Sends a phantom through the gateway, and reads the masks of its SEG back from the archive. */
async function segmented(phantom: PhantomInstance): Promise<ReadonlyMap<string, Mask>> {
  await ours.client.store(phantom.bytes);
  const study = await finished(ours.client, phantom.studyInstanceUid);
  expect(study.outcome).toBe('segmented');
  const { segSeriesUid, segInstanceUid } = study.units[0]!;
  const path = { study: phantom.studyInstanceUid, series: segSeriesUid!, instance: segInstanceUid! };
  const seg = readSeg((await ours.client.metadata(path))!, await ours.client.file(path));
  return new Map([...seg.masks].map(([key, data]) => [key, { rows: seg.rows, columns: seg.columns, data }]));
}

function save(name: string, { frame, before, after }: FrameShots): void {
  if (!SAVE_TO) return;
  mkdirSync(SAVE_TO, { recursive: true });
  writeFileSync(join(SAVE_TO, `${name}-${frame}-before.png`), PNG.sync.write(before));
  writeFileSync(join(SAVE_TO, `${name}-${frame}-after.png`), PNG.sync.write(after));
}

describe('OHIF, opened on a study that was segmented on arrival', () => {
  it('shows the overlay of a dermoscopic image at the place of the mask, in the colour of the channel', async () => {
    const phantom = phantomInstance({ kind: 'dermoscopy', salt: 'e2e', seed: 2 });
    const masks = await segmented(phantom);
    const visit = await openInOhif({
      baseUrl: ours.base,
      studyInstanceUid: phantom.studyInstanceUid,
      browser,
    });
    const shots = visit.shots[0]!;
    save('dermoscopy', shots);
    const { color } = channels.dermoscopy!;
    expect(overlayShare(shots.before, shots.after, color)).toBeGreaterThan(0.01);
    expect(
      overlayAgreement(shots.before, shots.after, color, masks.get(phantom.sopInstanceUid)!),
    ).toBeGreaterThan(0.8);
    expect(visit.series.join('\n')).toContain('ESP-MedSAM dermoscopy');
  });

  it('shows the overlay of an ultrasound cine on the frames it belongs to', async () => {
    const phantom = phantomInstance({ kind: 'ultrasound-cine', salt: 'e2e', seed: 2 });
    const masks = await segmented(phantom);
    const frames = [1, 4, 8].filter((frame) => masks.has(`${phantom.sopInstanceUid}.f${frame}`));
    expect(frames.length).toBeGreaterThan(1);
    const visit = await openInOhif({
      baseUrl: ours.base,
      studyInstanceUid: phantom.studyInstanceUid,
      frames,
      browser,
    });
    for (const shots of visit.shots) {
      save('ultrasound', shots);
      const mask = masks.get(`${phantom.sopInstanceUid}.f${shots.frame}`)!;
      const agreement = overlayAgreement(shots.before, shots.after, channels.ultrasound!.color, mask);
      expect(agreement, `frame ${shots.frame}`).toBeGreaterThan(0.8);
    }
  });
});
