import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '../../src/archive/index.js';
import { loadSettings } from '../../src/config/index.js';
import type { Uid } from '../../src/core/index.js';
import { stringOf, TAG } from '../../src/dicom/index.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { startProxy } from '../doctor/proxy.js';
import { type PageCap, pageCap } from '../support/page-caps.js';
import { PROJECT_ROOT, startStack, type Stack } from '../support/stack.js';

const INSTANCES = 8;
const STUDIES = 6;

let stack: Stack;
let study: Uid;

const archiveAt = (dicomwebUrl: string): Archive =>
  openArchive({ ...loadSettings(PROJECT_ROOT, {}).archive, dicomwebUrl });

async function withCap<T>(cap: PageCap, ask: (archive: Archive) => Promise<T>): Promise<T> {
  const proxy = await startProxy(stack.orthanc.dicomwebUrl, pageCap(cap));
  const archive = archiveAt(proxy.url);
  try {
    return await ask(archive);
  } finally {
    await archive.http.close();
    proxy.close();
  }
}

beforeAll(async () => {
  stack = await startStack();
  const archive = archiveAt(stack.orthanc.dicomwebUrl);
  const series = Array.from({ length: INSTANCES }, (_, i) =>
    phantomInstance({
      kind: 'xray',
      salt: 'paging',
      study: 'of-eight',
      instanceNumber: i + 1,
      width: 16,
      height: 16,
    }),
  );
  study = series[0]!.studyInstanceUid;
  await archive.dicomweb.store(
    study,
    series.map(({ bytes }) => bytes),
  );
  for (let i = 1; i < STUDIES; i += 1) {
    const other = phantomInstance({ kind: 'xray', salt: `paging-${i}`, width: 16, height: 16 });
    await archive.dicomweb.store(other.studyInstanceUid, [other.bytes]);
  }
  await archive.http.close();
});
afterAll(() => stack?.close());

describe('an archive that gives a part of a list at a time', () => {
  const caps: [string, PageCap][] = [
    ['as many as are asked for', { rows: 1000, warns: false }],
    ['five rows, with Warning 299', { rows: 5, warns: true }],
    ['five rows without a word', { rows: 5, warns: false }],
    ['exactly as many as there are', { rows: INSTANCES, warns: true }],
    ['one row', { rows: 1, warns: true }],
  ];

  it.each(caps)('%s: all instances of a study are listed', async (_, cap) => {
    const listed = await withCap(cap, ({ dicomweb }) => dicomweb.searchInstances(study));
    expect(new Set(listed.map((one) => stringOf(one, TAG.SOPInstanceUID))).size).toBe(INSTANCES);
  });

  it.each(caps)('%s: all studies are listed', async (_, cap) => {
    const uids = new Set<string | undefined>();
    await withCap(cap, async ({ dicomweb }) => {
      for await (const { studies } of dicomweb.studyPages({}))
        for (const one of studies) uids.add(stringOf(one, TAG.StudyInstanceUID));
    });
    expect(uids.size).toBe(STUDIES);
  });

  it.each<[string, PageCap]>([
    ['with Warning 299', { rows: 5, warns: true, ignoresOffset: true }],
    ['without a word', { rows: 5, warns: false, ignoresOffset: true }],
  ])('always the first five rows, %s: an error, never five of eight', async (_, cap) => {
    const listed = withCap(cap, ({ dicomweb }) => dicomweb.searchInstances(study));
    await expect(listed).rejects.toMatchObject({ code: 'ARCHIVE_BAD_ANSWER' });
  });
});
