import { describe, expect, it } from 'vitest';
import type { Archive, StoredFile } from '../../src/archive/index.js';
import { type DicomJson, stringOf, TAG } from '../../src/dicom/index.js';
import { requireSources } from '../../src/pipeline/sources-there.js';
import { source } from '../objects/seg/support/sources.js';
import { STUDY } from '../support/memory-archive.js';

const images = (count: number) =>
  Array.from({ length: count }, (_, i) => source({ SOPInstanceUID: `1.2.3.4.5.${i + 1}` }));
const uidOf = (image: DicomJson) => stringOf(image, TAG.SOPInstanceUID)!;

/** An archive that counts what it is asked. @param files by whose names Orthanc still has them; undefined: no Orthanc */
function archiveOf(there: readonly DicomJson[], files?: readonly string[]) {
  const asked = { listings: 0, headers: 0, files: 0 };
  const dicomweb = {
    searchInstances: async () => ((asked.listings += 1), there),
    instanceMetadata: async ({ instance }: { instance: string }) => {
      asked.headers += 1;
      return there.find((image) => uidOf(image) === instance);
    },
  };
  const orthanc = files && {
    isCurrent: async ({ file }: StoredFile) => ((asked.files += 1), files.includes(file)),
  };
  return { asked, archive: { dicomweb, orthanc } as unknown as Pick<Archive, 'dicomweb' | 'orthanc'> };
}

/** @param files of Orthanc, one for each image; without them it told nothing */
function unitOf(sources: readonly DicomJson[], files?: readonly string[]) {
  const filesRead =
    files && new Map(sources.map((one, i) => [uidOf(one), [{ instance: `id-${i}`, file: files[i]! }]]));
  return { study: STUDY, unit: { sources } as never, filesRead };
}

describe('the images of a unit', () => {
  it('are there where Orthanc has the same files; nothing is listed, and no header is read', async () => {
    const sources = images(5);
    const files = sources.map(uidOf);
    const { archive, asked } = archiveOf([], files);
    await requireSources(archive, unitOf(sources, files));
    expect(asked).toEqual({ listings: 0, headers: 0, files: 5 });
  });

  it('are asked for one by one where they are few, so that a study of many units is not listed for each', async () => {
    const sources = images(2);
    const { archive, asked } = archiveOf(images(500));
    await requireSources(archive, unitOf(sources));
    expect(asked).toEqual({ listings: 0, headers: 2, files: 0 });
  });

  it('are looked for in one listing where they are many', async () => {
    const { archive, asked } = archiveOf(images(500));
    await requireSources(archive, unitOf(images(200)));
    expect(asked).toEqual({ listings: 1, headers: 0, files: 0 });
  });

  it.each([1, 200])('of %i are gone when the archive has one of them no more', async (count) => {
    const sources = images(count);
    const files = sources.map(uidOf);
    const gone = expect.objectContaining({ code: 'SOURCES_GONE', message: expect.stringMatching(/^1 of/) });
    for (const kept of [files.slice(1), undefined]) {
      const { archive } = archiveOf(sources.slice(1), kept);
      await expect(requireSources(archive, unitOf(sources, kept && files))).rejects.toEqual(gone);
    }
  });

  it.each([1, 200])('of %i are changed when another file holds one of them', async (count) => {
    const sources = images(count);
    const files = sources.map(uidOf);
    const { archive } = archiveOf(sources, ['another', ...files.slice(1)]);
    await expect(requireSources(archive, unitOf(sources, files))).rejects.toMatchObject({
      code: 'SOURCES_CHANGED',
      message: expect.stringMatching(/^1 of/),
    });
  });

  it('are looked for in the archive where Orthanc did not tell the file of one of them', async () => {
    const sources = images(2);
    const { archive, asked } = archiveOf(sources, [uidOf(sources[0]!)]);
    const { filesRead, ...unit } = unitOf(sources, sources.map(uidOf));
    filesRead!.delete(uidOf(sources[1]!));
    await requireSources(archive, { ...unit, filesRead });
    expect(asked).toEqual({ listings: 0, headers: 2, files: 1 });
  });
});
