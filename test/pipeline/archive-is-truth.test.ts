import { describe, expect, it, vi } from 'vitest';
import { type DicomJson, stringOf, TAG } from '../../src/dicom/index.js';
import type { Archive } from '../../src/archive/index.js';
import { processStudy, type StudyRun } from '../../src/pipeline/index.js';
import { source } from '../objects/seg/support/sources.js';
import {
  contextOf,
  DERMOSCOPIC,
  type MemoryArchive,
  memoryArchive,
  STUDY,
} from '../support/memory-archive.js';

// Results are read with DCMTK, which a machine under load starts slowly.
vi.setConfig({ testTimeout: 60_000 });

const SETTINGS = { profile: 'viewer', form: 'binary', measurements: false } as const;
const image = (changes: Record<string, unknown> = {}) => source(changes, DERMOSCOPIC);
const run = (archive: MemoryArchive, previous?: StudyRun) =>
  processStudy(STUDY, contextOf(archive, SETTINGS), previous);
const uidOf = (dataset: DicomJson) => stringOf(dataset, TAG.SOPInstanceUID)!;
const current = (ended: StudyRun | undefined) => ended?.units.map(({ segInstanceUid }) => segInstanceUid);

/** Every frame of the archive has other pixels from now on. */
function exchangePixels(archive: MemoryArchive): void {
  const { frame } = archive.dicomweb;
  archive.dicomweb.frame = async (...asked) => {
    const { bytes, ...rest } = await frame(...asked);
    return { ...rest, bytes: bytes.map((value) => value ^ 7) };
  };
}

/** Changes an attribute of what is stored. */
function damage(archive: MemoryArchive, index: number, change: DicomJson): void {
  archive.stored[index] = { ...archive.stored[index]!, ...change };
}

describe('unchanged is only what was looked at', () => {
  it('says nothing to do for a study whose images, results and settings are the same', async () => {
    const archive = memoryArchive([image()]);
    const first = await run(archive);
    expect(await run(archive, first)).toMatchObject({ unchanged: true, stored: 0 });
    expect(archive.stored).toHaveLength(1);
  });

  it('stores the same result again when it was deleted, or lost with the study', async () => {
    const archive = memoryArchive([image()]);
    const first = await run(archive);
    const [seg] = archive.stored.splice(0);
    const second = await run(archive, first);
    expect(second).toMatchObject({ outcome: 'segmented', stored: 1 });
    expect(archive.stored.map(uidOf)).toEqual([uidOf(seg!)]);
  });

  it('stores a report again when only that was deleted', async () => {
    const archive = memoryArchive([image()]);
    const settings = { ...SETTINGS, measurements: true };
    const first = await processStudy(STUDY, contextOf(archive, settings));
    archive.stored.pop();
    const second = await processStudy(STUDY, contextOf(archive, settings), first);
    expect(second).toMatchObject({ outcome: 'segmented', stored: 1 });
    expect(archive.stored).toHaveLength(2);
  });

  it('tags a study whose tag was lost', async () => {
    const archive = memoryArchive([image()]);
    const tags: string[] = [];
    const orthanc = {
      studyIds: async () => ['of Orthanc'],
      studyFiles: async () => new Map(),
      setMetadata: async (_id: string, _key: number, value: string) => void tags.push(value),
    } as unknown as Archive['orthanc'];
    const context = contextOf(archive, SETTINGS);
    const tagging = {
      ...context,
      settings: { ...context.settings, archive: { ...context.settings.archive, tag: 'metadata' as const } },
      archive: { ...context.archive, orthanc },
    };
    const first = await processStudy(STUDY, tagging);
    // The ledger keeps it: the archive may have refused the tag at the first run.
    expect(await processStudy(STUDY, tagging, first)).toMatchObject({
      unchanged: true,
      stored: 0,
      outcome: 'segmented',
      tag: 'dermoscopy:segmented',
    });
    expect(tags).toEqual(['dermoscopy:segmented', 'dermoscopy:segmented']);
  });

  it('looks again at an image that was unsupported, and leaves it at that', async () => {
    const archive = memoryArchive([image({ Modality: 'CT', SOPClassUID: '1.2.840.10008.5.1.4.1.1.2' })]);
    const first = await run(archive);
    expect(first).toMatchObject({ outcome: 'unsupported' });
    expect(await run(archive, first)).toMatchObject({ unchanged: true, stored: 0 });
  });
});

describe('identity is content', () => {
  it('other pixels under the same UIDs get a result of their own', async () => {
    const archive = memoryArchive([image()]);
    const first = await run(archive);
    exchangePixels(archive);
    const second = await run(archive, first);
    expect(second).toMatchObject({ outcome: 'segmented', stored: 1 });
    expect(current(second)).not.toEqual(current(first));
    expect(await run(archive, second)).toMatchObject({ unchanged: true, stored: 0 });
  });

  it.each<[string, Record<string, unknown>]>([
    ['window', { WindowCenter: 60, WindowWidth: 100 }],
    ['patient', { PatientID: 'CORRECTED-1' }],
  ])('a corrected %s is seen although UIDs and pixels are the same', async (_, change) => {
    const first = await run(memoryArchive([image()]));
    const corrected = memoryArchive([image(change)]);
    expect(await run(corrected, first)).toMatchObject({ outcome: 'segmented', stored: 1 });
  });

  it('the patient of a result is that of its images', async () => {
    const archive = memoryArchive([image({ PatientID: 'CORRECTED-1' })]);
    await run(archive);
    expect(stringOf(archive.stored[0]!, TAG.PatientID)).toBe('CORRECTED-1');
  });

  it('two studies that share SOP Instance UIDs get different results', async () => {
    const [one, other] = [memoryArchive([image()]), memoryArchive([image({ StudyInstanceUID: '1.2.3.99' })])];
    expect(current(await run(one))).not.toEqual(current(await run(other)));
  });

  it.each<[string, DicomJson, string]>([
    ['masks', { [TAG.PixelData]: { vr: 'OB', InlineBinary: 'AAAA' } }, 'PixelData'],
    ['patient', { [TAG.PatientID]: { vr: 'LO', Value: ['SOMEBODY-ELSE'] } }, 'PatientID'],
    ['frames that it was made of', { [TAG.PerFrameFunctionalGroupsSequence]: { vr: 'SQ' } }, 'PerFrame'],
  ])('an object under the UID of our result with other %s is named', async (_, change, keyword) => {
    const archive = memoryArchive([image()]);
    const first = await run(archive);
    damage(archive, 0, change);
    const second = await run(archive, first);
    expect(second).toMatchObject({ outcome: 'failed', stored: 0 });
    const reason = second!.units[0]!.reasons.at(-1);
    expect(reason).toContain('STORE_CONFLICT');
    expect(reason).toContain(keyword);
    expect(reason).not.toContain('SOMEBODY-ELSE');
  });

  it('a mask that another machine rounds otherwise is no other result', async () => {
    const archive = memoryArchive([image()]);
    const first = await run(archive);
    const context = contextOf(archive, SETTINGS);
    const engine = {
      ...context.engine,
      segment: async (...asked: Parameters<typeof context.engine.segment>) => {
        const result = await context.engine.segment(...asked);
        return { ...result, mask: result.mask.map((value, at) => (at === 0 ? 1 : value)) };
      },
    };
    const again = { leftovers: [], fingerprint: undefined, units: first!.units };
    const second = await processStudy(STUDY, { ...context, engine }, again);
    expect(second).toMatchObject({ outcome: 'segmented', stored: 0 });
    expect(current(second)).toEqual(current(first));
  });

  it('an image of a sender that uses our Manufacturer is segmented', async () => {
    const archive = memoryArchive([image({ Manufacturer: 'ESP-MedSAM for Orthanc' })]);
    expect(await run(archive)).toMatchObject({ outcome: 'segmented', stored: 1 });
  });
});

describe('the patient of a study is corrected', () => {
  it('in the archive, results included: the result stays, and none is added', async () => {
    const archive = memoryArchive([image()]);
    const first = await run(archive);
    const corrected = memoryArchive([image({ PatientID: 'CORRECTED-1' })]);
    const patient = { [TAG.PatientID]: { vr: 'LO', Value: ['CORRECTED-1'] } };
    corrected.stored.push({ ...archive.stored[0]!, ...patient });
    const second = await run(corrected, first);
    expect(second).toMatchObject({ outcome: 'segmented', stored: 0 });
    expect(current(second)).toEqual(current(first));
    expect(await run(corrected, second)).toMatchObject({ unchanged: true, stored: 0 });
  });

  it('at the sender, who sends it again: the result follows, and the old one is not taken for it', async () => {
    const archive = memoryArchive([image()]);
    const first = await run(archive);
    const corrected = memoryArchive([image({ PatientID: 'CORRECTED-1' })]);
    corrected.stored.push(archive.stored[0]!);
    const second = await run(corrected, first);
    expect(second).toMatchObject({ outcome: 'segmented', stored: 1 });
    expect(current(second)).not.toEqual(current(first));
    expect(stringOf(corrected.stored[1]!, TAG.PatientID)).toBe('CORRECTED-1');
  });
});

describe('a study is deleted while it is segmented', () => {
  /** The images are gone from the moment that a method of the archive is called. */
  function deletedAt(method: 'frame' | 'store'): { archive: MemoryArchive; deleted: string[] } {
    const archive = memoryArchive([image()]);
    const { dicomweb } = archive;
    const kept = dicomweb[method];
    const all = dicomweb.searchInstances;
    const one = dicomweb.instanceMetadata;
    dicomweb[method] = (async (...asked: never[]) => {
      const answer = await (kept as (...args: never[]) => Promise<unknown>)(...asked);
      const isLeft = (dataset: DicomJson) => archive.stored.includes(dataset);
      dicomweb.searchInstances = async (study) => (await all(study)).filter(isLeft);
      dicomweb.instanceMetadata = async (path) => {
        const found = await one(path);
        return found && isLeft(found) ? found : undefined;
      };
      return answer;
    }) as never;
    return { archive, deleted: [] };
  }
  const withDeletion = (archive: MemoryArchive, deleted: string[]) => {
    const context = contextOf(archive, SETTINGS);
    const orthanc = {
      deleteInstance: async (uid: string) => {
        archive.stored.splice(0);
        deleted.push(uid);
        return true;
      },
      studyFiles: async () => new Map(),
    } as unknown as Archive['orthanc'];
    return { ...context, archive: { ...context.archive, orthanc } };
  };

  it('waits once, before it is stored, for an answer about the result and about its sources', async () => {
    const archive = memoryArchive([image()]);
    const { instanceMetadata } = archive.dicomweb;
    const source = stringOf(image(), TAG.SOPInstanceUID);
    let looks = 0;
    let askedForSource = () => undefined as void;
    const isAskedForSource = new Promise<void>((resolve) => (askedForSource = resolve));
    archive.dicomweb.instanceMetadata = async (path) => {
      if (path.instance === source) {
        looks += 1;
        askedForSource();
      } else await isAskedForSource;
      return instanceMetadata(path);
    };
    expect(await run(archive)).toMatchObject({ outcome: 'segmented', stored: 1 });
    // And once more when the result is there.
    expect(looks).toBe(2);
  });

  it('before its result is sent: nothing is stored', async () => {
    const { archive } = deletedAt('frame');
    await expect(run(archive)).rejects.toMatchObject({ code: 'SOURCES_GONE' });
    expect(archive.stored).toEqual([]);
  });

  it('while its result is sent: the result is taken back', async () => {
    const { archive, deleted } = deletedAt('store');
    const ended = processStudy(STUDY, withDeletion(archive, deleted));
    await expect(ended).rejects.toMatchObject({
      code: 'SOURCES_GONE',
      message: expect.stringContaining('back'),
    });
    expect(deleted).toHaveLength(1);
    expect(archive.stored).toEqual([]);
  });

  it('while its result is sent, to an archive that deletes nothing: what is left is named', async () => {
    const { archive } = deletedAt('store');
    const error: unknown = await run(archive).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'SOURCES_GONE' });
    expect((error as Error).message).toContain(uidOf(archive.stored[0]!));
    expect(archive.stored).toHaveLength(1);
  });
});
