import { expect, it, vi } from 'vitest';
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
  expect(run.leftovers[0]!.reasons[0]).toContain(reason);
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
