import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '../../src/archive/index.js';
import { loadSettings } from '../../src/config/index.js';
import { freePort } from '../../src/demo/free-port.js';
import { segsIn } from '../../src/demo/gateway-client.js';
import { startLocalOrthanc } from '../../src/demo/local-orthanc.js';
import type { LocalProcess } from '../../src/demo/local-process.js';
import { stringOf, TAG } from '../../src/dicom/index.js';
import { phantomInstance, type PhantomInstance } from '../../src/phantom/index.js';
import { processStudy, type StudyContext } from '../../src/pipeline/index.js';
import { contextOf, memoryArchive } from '../support/memory-archive.js';
import { PROJECT_ROOT } from '../support/stack.js';

const dir = mkdtempSync(join(tmpdir(), 'esp-overwritten-'));
const SEG = { profile: 'viewer', form: 'binary', measurements: false } as const;
let server: LocalProcess & { orthancUrl: string; dicomwebUrl: string };
let archive: Archive;

beforeAll(async () => {
  server = await startLocalOrthanc(dir, await freePort(), { OverwriteInstances: true });
  const settings = loadSettings(PROJECT_ROOT, {
    ESP_ARCHIVE_DICOMWEB_URL: server.dicomwebUrl,
    ESP_ARCHIVE_ORTHANC_URL: server.orthancUrl,
  });
  archive = openArchive(settings.archive);
});
afterAll(async () => {
  await archive?.http.close();
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function orthanc<T>(path: string, body: string | Uint8Array): Promise<T> {
  const response = await fetch(`${server.orthancUrl}${path}`, { method: 'POST', body });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}
const store = ({ bytes }: PhantomInstance) => orthanc('/instances', bytes);
const draw = (salt: string, seed: number) =>
  phantomInstance({ kind: 'dermoscopy', salt, study: salt, seed, width: 64, height: 64 });

async function correctPatient({ studyInstanceUid }: PhantomInstance): Promise<void> {
  const [study] = await orthanc<{ ID: string }[]>('/tools/lookup', studyInstanceUid);
  const { ParentPatient } = (await (await fetch(`${server.orthancUrl}/studies/${study!.ID}`)).json()) as {
    ParentPatient: string;
  };
  await orthanc(
    `/patients/${ParentPatient}/modify`,
    JSON.stringify({
      Replace: { PatientID: 'CORRECTED-2' },
      Keep: ['StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID'],
      KeepSource: false,
      Force: true,
    }),
  );
}

/** A run in which something happens once, when a method of the archive has answered. */
function runWith(
  method: 'frame' | 'store',
  happens: () => Promise<unknown>,
  changes: Partial<StudyContext> = {},
): StudyContext {
  let isOver = false;
  const answer = archive.dicomweb[method] as (...asked: never[]) => Promise<unknown>;
  const dicomweb = {
    ...archive.dicomweb,
    [method]: async (...asked: never[]) => {
      const answered = await answer(...asked);
      if (!isOver) {
        isOver = true;
        await happens();
      }
      return answered;
    },
  };
  return {
    ...contextOf(memoryArchive([]), SEG),
    archive: { ...archive, dicomweb },
    lastAttempt: false,
    ...changes,
  };
}

const segsOf = async ({ studyInstanceUid }: PhantomInstance) =>
  segsIn(await archive.dicomweb.searchInstances(studyInstanceUid));

describe('an image that is overwritten in Orthanc', () => {
  it('while it is segmented gets no mask of what it was', async () => {
    const [first, second] = [draw('while-segmented', 1), draw('while-segmented', 2)];
    await store(first);
    const context = runWith('frame', () => store(second));
    await expect(processStudy(first.studyInstanceUid, context)).rejects.toMatchObject({
      code: 'SOURCES_CHANGED',
      retryable: true,
    });
    expect(await segsOf(first)).toEqual([]);
    // The next try reads it as it is now.
    expect(await processStudy(first.studyInstanceUid, context)).toMatchObject({
      outcome: 'segmented',
      stored: 1,
    });
  });

  it('while its result is stored loses that result again', async () => {
    const [first, second] = [draw('while-stored', 1), draw('while-stored', 2)];
    await store(first);
    const context = runWith('store', () => store(second));
    await expect(processStudy(first.studyInstanceUid, context)).rejects.toMatchObject({
      code: 'SOURCES_CHANGED',
      message: expect.stringContaining('taken back'),
    });
    expect(await segsOf(first)).toEqual([]);
  });

  it('while it is segmented for the last time fails with the reason', async () => {
    const [first, second] = [draw('last', 1), draw('last', 2)];
    await store(first);
    const context = runWith('frame', () => store(second), { lastAttempt: true });
    expect(await processStudy(first.studyInstanceUid, context)).toMatchObject({
      outcome: 'failed',
      stored: 0,
      units: [{ error: { code: 'SOURCES_CHANGED' } }],
    });
  });

  it('with the same bytes while it is segmented is read once more', async () => {
    const first = draw('same', 1);
    await store(first);
    const context = runWith('frame', () => store(first));
    await expect(processStudy(first.studyInstanceUid, context)).rejects.toMatchObject({
      code: 'SOURCES_CHANGED',
    });
    expect(await processStudy(first.studyInstanceUid, context)).toMatchObject({ stored: 1 });
  });
});

describe('a patient who is corrected in Orthanc while the image is segmented', () => {
  it('does not come back under the old ID', async () => {
    const phantom = draw('corrected', 1);
    await store(phantom);
    const context = runWith('frame', () => correctPatient(phantom));
    await expect(processStudy(phantom.studyInstanceUid, context)).rejects.toMatchObject({
      code: 'SOURCES_CHANGED',
    });
    expect(await segsOf(phantom)).toEqual([]);
    expect(await processStudy(phantom.studyInstanceUid, context)).toMatchObject({ stored: 1 });
    const [seg] = await segsOf(phantom);
    const header = await archive.dicomweb.instanceMetadata({
      study: phantom.studyInstanceUid,
      series: stringOf(seg!, TAG.SeriesInstanceUID) as never,
      instance: stringOf(seg!, TAG.SOPInstanceUID) as never,
    });
    expect(stringOf(header!, TAG.PatientID)).toBe('CORRECTED-2');
  });
});
