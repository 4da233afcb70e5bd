import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModalities } from '../../../src/routing/index.js';
import type { Channel } from '../../../src/core/index.js';
import type { DicomJson } from '../../../src/dicom/index.js';
import { loadSettings } from '../../../src/config/index.js';
import { openArchive } from '../../../src/archive/index.js';
import { phantomInstance, type PhantomInstance } from '../../../src/phantom/index.js';
import { type PhantomOptions, phantomSeries } from '../../../src/phantom/phantom-instance.js';
import { buildSeg, type SegInput } from '../../../src/objects/index.js';
import type { SegForm } from '../../../src/objects/seg/types.js';
import { PROJECT_ROOT, startStack, type OurProcess, type Stack } from '../../support/stack.js';
import { launchBrowser } from '../../support/loopback-browser.js';
import { openInOhif } from './overlay-visible.js';
import { overlayAgreement } from './screen-compare.js';

// The SEGs here are built from the phantoms' true masks: what is tested is the object and the viewer, not the model.
const { channels } = loadModalities(join(PROJECT_ROOT, 'config/modalities.yaml'));

interface Row extends PhantomOptions {
  readonly name: string;
  readonly instances?: number;
  /** Default binary. */
  readonly form?: SegForm;
  /** Frames to look at; default the first. */
  readonly look?: readonly number[];
}

/** Sizes are odd on purpose: rows × columns is no multiple of 8. */
const ROWS: readonly Row[] = [
  { name: 'Digital X-Ray', kind: 'xray', width: 301, height: 257 },
  { name: 'Computed Radiography', kind: 'xray-cr', width: 301, height: 257 },
  { name: 'Ultrasound', kind: 'ultrasound', width: 333, height: 251 },
  {
    name: 'Ultrasound Multi-frame',
    kind: 'ultrasound-cine',
    width: 333,
    height: 251,
    frames: 4,
    look: [1, 4],
  },
  {
    name: 'Ultrasound Multi-frame in colour',
    kind: 'ultrasound-colour-cine',
    width: 205,
    height: 155,
    frames: 3,
    look: [2],
  },
  { name: 'VL Photographic', kind: 'dermoscopy', width: 299, height: 201 },
  {
    name: 'VL Photographic, three in a series',
    kind: 'dermoscopy',
    width: 299,
    height: 201,
    instances: 3,
    look: [1, 3],
  },
  { name: 'Ophthalmic Photography 8 Bit', kind: 'fundus', width: 275, height: 263 },
  { name: 'VL Microscopic', kind: 'microscopy', width: 255, height: 253 },
  { name: 'VL Slide-Coordinates Microscopic', kind: 'slide-microscopy', width: 255, height: 253 },
  { name: 'VL Endoscopic', kind: 'colonoscopy', width: 289, height: 231 },
  { name: 'Secondary Capture', kind: 'secondary-capture', width: 255, height: 251 },
  {
    name: 'Multi-frame True Color Secondary Capture',
    kind: 'secondary-capture-cine',
    width: 205,
    height: 155,
    frames: 3,
    look: [3],
  },
  {
    name: 'Ultrasound Multi-frame, as label map',
    kind: 'ultrasound-cine',
    width: 205,
    height: 155,
    frames: 3,
    look: [2],
    form: 'labelmap',
  },
];

let stack: Stack;
let ours: OurProcess;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack();
  ours = await stack.start('serve', {
    ESP_INTAKE_CHANGES: 'false',
    ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '0',
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

/** A SEG of the true masks, on the headers as the archive returns them. */
function segOf(
  phantoms: readonly PhantomInstance[],
  sources: readonly DicomJson[],
  channel: Channel,
  form: SegForm,
): SegInput {
  const { region, ...segment } = channels[channel]!;
  return {
    sources,
    pictures: 'cd'.repeat(32),
    frames: phantoms.flatMap((phantom, sourceIndex) =>
      phantom.masks.map((mask, index) => ({ sourceIndex, frameNumber: index + 1, mask })),
    ),
    segment: { ...segment, ...(region ? { region } : {}) },
    algorithm: {
      name: 'ESP-MedSAM',
      version: '0.1.0',
      softwareVersion: '0.1.0',
      weightsSha256: 'ab'.repeat(32),
      channel,
      channelIndex: 0,
      score: 1,
      threshold: 0.5,
      tiles: 1,
      views: 1,
      preprocessingVersion: '1',
    },
    profile: 'viewer',
    form,
    now: new Date(),
  };
}

describe('OHIF shows the overlay at the place of the mask, on the right frame, in the right colour', () => {
  it.each(ROWS)('$name', async ({ name, instances = 1, look = [1], form = 'binary', ...options }) => {
    const phantoms =
      instances > 1
        ? phantomSeries({ ...options, salt: name }, instances)
        : [phantomInstance({ ...options, salt: name })];
    for (const phantom of phantoms) await ours.client.store(phantom.bytes);
    const { studyInstanceUid, seriesInstanceUid, channel } = phantoms[0]!;
    const { archive: settings } = loadSettings(PROJECT_ROOT, {});
    const archive = openArchive({ ...settings, dicomwebUrl: stack.orthanc.dicomwebUrl });
    const byUid = new Map<unknown, DicomJson>();
    for (const source of await archive.dicomweb.seriesMetadata(studyInstanceUid, seriesInstanceUid)) {
      byUid.set(source['00080018']?.Value?.[0], source);
    }
    const seg = buildSeg(
      segOf(
        phantoms,
        phantoms.map(({ sopInstanceUid }) => byUid.get(sopInstanceUid)!),
        channel,
        form,
      ),
    );
    const { statusCode } = await request(`${stack.orthanc.orthancUrl}/instances`, {
      method: 'POST',
      body: seg.bytes,
    });
    expect(statusCode).toBe(200);

    const visit = await openInOhif({ baseUrl: ours.base, studyInstanceUid, frames: look, browser });
    const masks = phantoms.flatMap(({ masks: own }) => own);
    for (const { frame, before, after } of visit.shots) {
      const agreement = overlayAgreement(before, after, channels[channel]!.color, masks[frame - 1]!);
      expect(agreement, `frame ${frame}`).toBeGreaterThan(0.9);
    }
    expect(visit.series.join('\n')).toContain(`ESP-MedSAM ${channel}`);
    await archive.http.close();
  });
});
