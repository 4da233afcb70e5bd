import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Archive, openArchive } from '../../src/archive/index.js';
import { loadSettings } from '../../src/config/index.js';
import { freePort } from '../../src/demo/free-port.js';
import { startLocalOrthanc } from '../../src/demo/local-orthanc.js';
import type { LocalProcess } from '../../src/demo/local-process.js';
import { type PhantomInstance, phantomInstance } from '../../src/phantom/index.js';
import { PROJECT_ROOT } from '../support/stack.js';

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
const FRAMES = 12;

const dir = mkdtempSync(join(tmpdir(), 'esp-groups-'));
let server: LocalProcess & { orthancUrl: string; dicomwebUrl: string };
let archive: Archive;

beforeAll(async () => {
  server = await startLocalOrthanc(dir, await freePort(), {});
  const { archive: settings } = loadSettings(PROJECT_ROOT, {
    ESP_ARCHIVE_DICOMWEB_URL: server.dicomwebUrl,
    ESP_ARCHIVE_ORTHANC_URL: server.orthancUrl,
  });
  archive = openArchive(settings);
});
afterAll(async () => {
  await archive?.http.close();
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const loop = { kind: 'ultrasound-cine', frames: FRAMES, width: 32, height: 24, salt: 'groups' } as const;
/** Of odd and even length, each of its own bytes: Orthanc gives them as they are, whatever they show. */
const streams = Array.from({ length: FRAMES }, (_, i) =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(40 + i, i + 1), Buffer.from([0xff, 0xd9])]),
);

it.each<[string, PhantomInstance]>([
  ['not compressed', phantomInstance(loop)],
  [
    'JPEG',
    phantomInstance({
      ...loop,
      study: 'jpeg',
      encoded: { transferSyntaxUid: JPEG_BASELINE, frames: streams },
      attributes: { NumberOfFrames: String(FRAMES) },
    }),
  ],
])(
  'Orthanc gives a group of frames (%s) in its order, each as it gives it alone',
  async (_form, instance) => {
    const stored = await fetch(`${server.orthancUrl}/instances`, { method: 'POST', body: instance.bytes });
    expect(stored.status).toBe(200);
    const { dicomweb } = archive;
    const path = {
      study: instance.studyInstanceUid,
      series: instance.seriesInstanceUid,
      instance: instance.sopInstanceUid,
    };
    const alone = [];
    for (let n = 1; n <= FRAMES; n += 1) alone.push(await dicomweb.frame(path, n, 'as-stored'));
    expect(new Set(alone.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).size).toBe(FRAMES);
    for (const [first, count] of [
      [1, FRAMES],
      [3, 5],
    ] as const) {
      const group = await dicomweb.framesFrom!(path, first, count);
      expect(group.map(({ bytes }) => Buffer.from(bytes))).toEqual(
        alone.slice(first - 1, first - 1 + count).map(({ bytes }) => Buffer.from(bytes)),
      );
      expect(group.map((frame) => frame.transferSyntaxUid)).toEqual(
        alone.slice(first - 1, first - 1 + count).map((frame) => frame.transferSyntaxUid),
      );
    }
    await expect(dicomweb.framesFrom!(path, FRAMES, 2)).rejects.toMatchObject({ scope: 'unit' });
  },
);
