import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive, type OrthancClient } from '../../src/archive/index.js';
import type { Uid } from '../../src/core/index.js';
import { loadSettings } from '../../src/config/index.js';
import { freePort } from '../../src/demo/free-port.js';
import { startLocalOrthanc } from '../../src/demo/local-orthanc.js';
import type { LocalProcess } from '../../src/demo/local-process.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { startProxy } from '../doctor/proxy.js';
import { eventually, PROJECT_ROOT } from '../support/stack.js';

const dir = mkdtempSync(join(tmpdir(), 'esp-state-'));
let server: LocalProcess & { orthancUrl: string; dicomwebUrl: string };
let orthanc: OrthancClient;
let close: () => Promise<void>;

beforeAll(async () => {
  server = await startLocalOrthanc(dir, await freePort(), { OverwriteInstances: true });
  const { archive } = loadSettings(PROJECT_ROOT, {
    ESP_ARCHIVE_DICOMWEB_URL: server.dicomwebUrl,
    ESP_ARCHIVE_ORTHANC_URL: server.orthancUrl,
  });
  const opened = openArchive(archive);
  orthanc = opened.orthanc!;
  close = () => opened.http.close();
});
afterAll(async () => {
  await close?.();
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function store({ bytes }: { bytes: Uint8Array }): Promise<void> {
  const response = await fetch(`${server.orthancUrl}/instances`, { method: 'POST', body: bytes });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
}
const draw = (salt: string, seed: number) =>
  phantomInstance({ kind: 'xray', salt, study: salt, seed, width: 64, height: 64 });
/** Orthanc tells times in whole seconds: all that follows is to happen within one. */
const secondToBegin = () => new Promise((resolve) => setTimeout(resolve, 1000 - (Date.now() % 1000)));

describe('what Orthanc says of a study', () => {
  it('differs after an instance was overwritten within the second of the last look', async () => {
    for (const salt of ['a', 'b', 'c', 'd', 'e']) {
      const [first, second] = [draw(salt, 1), draw(salt, 2)];
      await secondToBegin();
      await store(first);
      const before = await orthanc.studyState(first.studyInstanceUid);
      await store(second);
      const after = await orthanc.studyState(first.studyInstanceUid);
      expect(after!.sources).not.toBe(before!.sources);
    }
  });

  it('stays the same while nothing changes', async () => {
    const phantom = draw('still', 1);
    await store(phantom);
    const look = async () => (await orthanc.studyState(phantom.studyInstanceUid))!.sources;
    const kept = await eventually('two looks that agree', async () => {
      const seen = await look();
      return seen === (await look()) && seen;
    });
    expect(await look()).toBe(kept);
  });
});

describe('the files of a study in Orthanc', () => {
  const filesOf = async (phantom: { studyInstanceUid: Uid; sopInstanceUid: Uid }) =>
    (await orthanc.studyFiles(phantom.studyInstanceUid)).get(phantom.sopInstanceUid)!;

  it('are current until their instance is overwritten, also within a second', async () => {
    const [first, second] = [draw('files', 1), draw('files', 2)];
    await secondToBegin();
    await store(first);
    const [before, ...others] = await filesOf(first);
    expect(others).toEqual([]);
    expect(await orthanc.isCurrent(before!)).toBe(true);
    await store(second);
    expect(await orthanc.isCurrent(before!)).toBe(false);
    expect(await orthanc.isCurrent((await filesOf(second))[0]!)).toBe(true);
  });

  it('are not current once their instance is deleted', async () => {
    const phantom = draw('deleted', 1);
    await store(phantom);
    const [file] = await filesOf(phantom);
    expect(await orthanc.deleteInstance(phantom.sopInstanceUid)).toBe(true);
    expect(await orthanc.isCurrent(file!)).toBe(false);
    expect(await orthanc.studyFiles(phantom.studyInstanceUid)).toEqual(new Map());
  });
});

describe('a study or series that Orthanc told of', () => {
  it('is not taken for deleted because something before Orthanc answers 404', async () => {
    let isThere = false;
    const before = await startProxy(server.orthancUrl, (_incoming, outgoing) => {
      if (!isThere) outgoing.writeHead(404).end();
      return !isThere;
    });
    const { archive } = loadSettings(PROJECT_ROOT, {
      ESP_ARCHIVE_DICOMWEB_URL: server.dicomwebUrl,
      ESP_ARCHIVE_ORTHANC_URL: before.url,
    });
    const opened = openArchive(archive);
    try {
      const phantom = draw('told', 1);
      await store(phantom);
      const id = (await orthanc.studyIds(phantom.studyInstanceUid))[0]!;
      await expect(opened.orthanc!.studyUidOf('studies', id)).rejects.toMatchObject({
        code: 'ARCHIVE_REFUSED',
      });
      isThere = true;
      expect(await opened.orthanc!.studyUidOf('studies', id)).toBe(phantom.studyInstanceUid);
      await orthanc.deleteInstance(phantom.sopInstanceUid);
      expect(await opened.orthanc!.studyUidOf('studies', id)).toBeUndefined();
    } finally {
      await opened.http.close();
      before.close();
    }
  });
});
