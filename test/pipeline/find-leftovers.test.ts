import { describe, expect, it, vi } from 'vitest';
import { stringOf, TAG } from '../../src/dicom/index.js';
import { processStudy } from '../../src/pipeline/index.js';
import { source } from '../objects/seg/support/sources.js';
import { contextOf, DERMOSCOPIC, memoryArchive, STUDY } from '../support/memory-archive.js';

// Results are read with DCMTK, which a machine under load starts slowly.
vi.setConfig({ testTimeout: 60_000 });

const SETTINGS = { profile: 'viewer', form: 'binary', measurements: false } as const;
const image = source({}, DERMOSCOPIC);
const text = (value: string) => ({ vr: 'LO', Value: [value] });

/** The study with a second SEG beside the present one, changed as an archive that moves studies does. */
async function runWith(change: (seg: ReturnType<typeof source>) => ReturnType<typeof source>) {
  const archive = memoryArchive([image]);
  const first = await processStudy(STUDY, contextOf(archive, SETTINGS));
  expect(first?.leftovers).toEqual([]);
  const [seg] = archive.stored;
  archive.stored.push(change({ ...seg!, [TAG.SOPInstanceUID]: { vr: 'UI', Value: ['1.2.3.99.1'] } }));
  return (await processStudy(STUDY, contextOf(archive, SETTINGS)))!;
}

it.each([
  ['of another patient', { [TAG.PatientID]: text('P-0002') }, 'its patient is not that of the images'],
  ['that refers to nothing here', { [TAG.ReferencedSeriesSequence]: { vr: 'SQ' } }, 'none of the images'],
  ['that a merge brought along', {}, 'it is not the present result of its images'],
])('names a SEG of ours %s', async (_name, change, reason) => {
  const run = await runWith((seg) => ({ ...seg, ...change }));
  expect(run).toMatchObject({ outcome: 'segmented', stored: 0 });
  expect(run.leftovers).toHaveLength(1);
  expect(run.leftovers[0]!.segInstanceUid).toBe('1.2.3.99.1');
  expect(run.leftovers[0]).toMatchObject({ whyLeft: [expect.stringContaining(reason)], reasons: [] });
  expect(JSON.stringify(run.leftovers)).not.toMatch(/P-000|Doe/);
});

it("names the images that it refers to, and leaves other people's segmentations out", async () => {
  const own = await runWith((seg) => seg);
  expect(own.leftovers[0]!.sourceInstanceUids).toEqual([stringOf(image, TAG.SOPInstanceUID)]);
  const foreign = await runWith((seg) => ({
    ...seg,
    [TAG.Manufacturer]: text('Somebody else'),
    [TAG.ManufacturerModelName]: text('Another program'),
  }));
  expect(foreign.leftovers).toEqual([]);
});

describe('what is superseded', () => {
  const settings = { ...SETTINGS, measurements: true };
  const uid = (dataset: ReturnType<typeof source>) => stringOf(dataset, TAG.SOPInstanceUID);

  /** A SEG and a report of the image, after its pixels were exchanged: those of before lie beside them. */
  async function overwritten() {
    const archive = memoryArchive([image]);
    const first = (await processStudy(STUDY, contextOf(archive, settings)))!;
    const { frame } = archive.dicomweb;
    archive.dicomweb.frame = async (path, ...asked) => {
      const { bytes, ...rest } = await frame(path, ...asked);
      return { ...rest, bytes: bytes.map((value) => value ^ 7) };
    };
    const second = (await processStudy(STUDY, contextOf(archive, settings), first))!;
    return { archive, first, second };
  }

  it('is one entry of what an earlier run gave, which says why it is left and how it came about', async () => {
    const { first, second } = await overwritten();
    expect(second.leftovers).toHaveLength(1);
    const { segInstanceUid, srInstanceUid, segSha256, srSha256, reasons } = first.units[0]!;
    expect(second.leftovers[0]).toMatchObject({ segInstanceUid, srInstanceUid, segSha256, srSha256 });
    expect(second.leftovers[0]!.whyLeft).toEqual(['it is not the present result of its images']);
    expect(second.leftovers[0]!.reasons).toEqual(reasons);
  });

  it('says why at every run anew: what was replaced may have got another patient', async () => {
    const { archive, second } = await overwritten();
    const patient = { [TAG.PatientID]: text('P-0002') };
    for (const at of [0, 1]) archive.stored[at] = { ...archive.stored[at]!, ...patient };
    const third = (await processStudy(STUDY, contextOf(archive, settings), { ...second, fingerprint: '' }))!;
    expect(third.leftovers).toHaveLength(1);
    expect(third.leftovers[0]!.whyLeft).toEqual(['its patient is not that of the images']);
    expect(third.leftovers[0]!.reasons).toEqual(second.leftovers[0]!.reasons);
  });

  it('is named no longer than the archive has it, also by a run that finds nothing changed', async () => {
    const { archive, first, second } = await overwritten();
    const [seg, report] = [first.units[0]!.segInstanceUid, first.units[0]!.srInstanceUid];
    const remove = (gone: string | undefined) =>
      archive.stored.splice(
        archive.stored.findIndex((one) => uid(one) === gone),
        1,
      );
    remove(seg);
    const third = (await processStudy(STUDY, contextOf(archive, settings), second))!;
    expect(third.unchanged).toBe(true);
    expect(third.leftovers).toHaveLength(1);
    expect(third.leftovers[0]).toMatchObject({ srInstanceUid: report });
    expect(third.leftovers[0]!.segInstanceUid).toBeUndefined();
    remove(report);
    const fourth = (await processStudy(STUDY, contextOf(archive, settings), third))!;
    expect(fourth).toMatchObject({ unchanged: true, leftovers: [] });
  });
});
