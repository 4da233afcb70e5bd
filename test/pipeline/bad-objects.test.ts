import { describe, expect, it } from 'vitest';
import { AppError, ERRORS } from '../../src/core/index.js';
import { type DicomJson, TAG } from '../../src/dicom/index.js';
import { processStudy } from '../../src/pipeline/index.js';
import { source } from '../objects/seg/support/sources.js';
import { contextOf, DERMOSCOPIC, memoryArchive, STUDY } from '../support/memory-archive.js';

const SETTINGS = { profile: 'viewer', form: 'binary', measurements: false } as const;
const SERIES = '1.2.3.4.1';
const uid = (value: string) => ({ vr: 'UI', Value: [value] });

/** A dermoscopic image of the study; every one alone, so that each is a unit. */
const image = (instance: string, more: DicomJson = {}): DicomJson =>
  source(
    {},
    {
      ...DERMOSCOPIC,
      [TAG.SeriesInstanceUID]: uid(SERIES),
      [TAG.SOPInstanceUID]: uid(instance),
      ...more,
    },
  );

const GOOD = image('1.2.3.4.1.1');

type Archive = ReturnType<typeof memoryArchive>;
const run = (archive: Archive, lastAttempt = true) =>
  processStudy(STUDY, { ...contextOf(archive, SETTINGS), lastAttempt }, undefined);

/** The same archive that refuses to give the header of some series or instances. */
function refusing(
  archive: Archive,
  refused: string[],
  error = new AppError('ARCHIVE_REFUSED', '500'),
): Archive {
  const { dicomweb } = archive;
  return {
    ...archive,
    dicomweb: {
      ...dicomweb,
      seriesMetadata: async (study, series) => {
        if (refused.includes(series)) throw error;
        return dicomweb.seriesMetadata(study, series);
      },
      instanceMetadata: async (path) => {
        if (refused.includes(path.instance)) throw error;
        const given = (await dicomweb.seriesMetadata(path.study, path.series)).find(
          (dataset) => dataset[TAG.SOPInstanceUID]?.Value?.[0] === path.instance,
        );
        return given ?? dicomweb.instanceMetadata(path);
      },
    },
  };
}

describe('one bad object never costs the study', () => {
  it.each<[string, DicomJson]>([
    ['a SOP Instance UID with letters', { [TAG.SOPInstanceUID]: uid('1.2.ABC.5') }],
    ['a SOP Instance UID of 76 characters', { [TAG.SOPInstanceUID]: uid(`1.${'2'.repeat(74)}`) }],
    ['no SOP Instance UID', { [TAG.SOPInstanceUID]: { vr: 'UI' } }],
    ['a Series Instance UID with letters', { [TAG.SeriesInstanceUID]: uid('1.2.series') }],
    ['a UID that climbs out of its path', { [TAG.SOPInstanceUID]: uid('../../system') }],
  ])('%s: the good image has its result, the bad one its reason', async (_, wrong) => {
    const archive = memoryArchive([GOOD, image('1.2.3.4.1.2', wrong)]);
    const result = await run(archive);
    expect(result).toMatchObject({ outcome: 'segmented', stored: 1 });
    expect(result!.units.map(({ outcome }) => outcome).sort()).toEqual(['segmented', 'unsupported']);
    const bad = result!.units.find(({ outcome }) => outcome === 'unsupported')!;
    expect(bad.reasons.join()).toMatch(/^INVALID_UID: (SOP|Series)InstanceUID is not a DICOM UID/);
    expect(bad.error).toMatchObject({ code: 'INVALID_UID', advice: ERRORS.INVALID_UID.advice });
  });

  it.each<[string, DicomJson]>([
    ['Rows', { [TAG.Rows]: { vr: 'US' } }],
    ['Columns', { [TAG.Columns]: { vr: 'US', Value: [0] } }],
  ])('an image without %s is an unsupported unit beside the good one', async (keyword, wrong) => {
    const result = await run(memoryArchive([GOOD, image('1.2.3.4.1.2', wrong)]));
    expect(result).toMatchObject({ outcome: 'segmented' });
    const bad = result!.units.find(({ outcome }) => outcome === 'unsupported')!;
    expect(bad.sourceInstanceUids).toEqual(['1.2.3.4.1.2']);
    expect(bad.reasons.join()).toContain(keyword);
  });

  it('a study of nothing but an image without Rows says so and stores nothing', async () => {
    const result = await run(memoryArchive([image('1.2.3.4.1.2', { [TAG.Rows]: { vr: 'US' } })]));
    expect(result).toMatchObject({ outcome: 'unsupported', stored: 0 });
    expect(result!.units).toHaveLength(1);
  });

  it('a series that the archive cannot give is asked for image by image', async () => {
    const archive = refusing(memoryArchive([GOOD, image('1.2.3.4.1.2')]), [SERIES, '1.2.3.4.1.2']);
    const result = await run(archive);
    expect(result!.stored).toBe(1);
    expect(result!.units.map(({ outcome, sourceInstanceUids }) => [outcome, sourceInstanceUids])).toEqual([
      ['failed', ['1.2.3.4.1.2']],
      ['segmented', ['1.2.3.4.1.1']],
    ]);
    expect(result!.units[0]!.reasons.join()).toContain('ARCHIVE_REFUSED');
    expect(result!.units[0]!.error).toMatchObject({ code: 'ARCHIVE_REFUSED' });
  });

  it('an image that the archive lists and leaves out of the series is named', async () => {
    const { dicomweb, stored } = memoryArchive([GOOD]);
    const listing = async () => [GOOD, image('1.2.3.4.1.2')];
    const result = await run({ stored, dicomweb: { ...dicomweb, searchInstances: listing } });
    expect(result!.units.map(({ outcome }) => outcome)).toEqual(['failed', 'segmented']);
  });

  it('an image that is listed under several patients fails at once, with what to do', async () => {
    const { dicomweb, stored } = memoryArchive([GOOD]);
    const of = (patient: string) => image('1.2.3.4.1.2', { [TAG.PatientID]: { vr: 'LO', Value: [patient] } });
    const listing = async () => [GOOD, of('P-1'), of('P-2')];
    // Not at the last try only: the next one would find the same.
    const result = await run({ stored, dicomweb: { ...dicomweb, searchInstances: listing } }, false);
    expect(result!.units).toMatchObject([
      {
        outcome: 'failed',
        reasons: ['SEVERAL_PATIENTS: the archive has the image under several patients'],
        error: { code: 'SEVERAL_PATIENTS', advice: ERRORS.SEVERAL_PATIENTS.advice },
        sourceInstanceUids: ['1.2.3.4.1.2'],
      },
      { outcome: 'segmented' },
    ]);
  });

  it('is tried again while that can help, after the good images have their result', async () => {
    const archive = refusing(memoryArchive([GOOD, image('1.2.3.4.1.2')]), [SERIES, '1.2.3.4.1.2']);
    await expect(run(archive, false)).rejects.toMatchObject({ code: 'ARCHIVE_REFUSED' });
    expect(archive.stored).toHaveLength(1);
  });

  it('an archive that is away is no fault of an image', async () => {
    const away = new AppError('ARCHIVE_UNREACHABLE', 'no answer');
    const archive = refusing(memoryArchive([GOOD]), [SERIES], away);
    await expect(run(archive)).rejects.toMatchObject({ code: 'ARCHIVE_UNREACHABLE' });
  });

  it('a mistake of ours with one picture leaves the others their results', async () => {
    const archive = memoryArchive([GOOD, image('1.2.3.4.1.2', { [TAG.Columns]: { vr: 'US', Value: [5] } })]);
    const context = contextOf(archive, SETTINGS);
    const segment: typeof context.engine.segment = (picture, channel) => {
      if ('pixels' in picture && picture.pixels.columns === 5) throw new TypeError('of undefined');
      return context.engine.segment(picture, channel);
    };
    const result = await processStudy(
      STUDY,
      { ...context, engine: { ...context.engine, segment } },
      undefined,
    );
    expect(result!.units.map(({ outcome }) => outcome).sort()).toEqual(['failed', 'segmented']);
  });

  it('does not ask for every image of a long series that cannot be read', async () => {
    const images = Array.from({ length: 300 }, (_, i) => image(`1.2.3.4.1.${i + 1}`));
    const all = [SERIES, ...images.map((one) => String(one[TAG.SOPInstanceUID]?.Value?.[0]))];
    const archive = refusing(memoryArchive(images), all);
    let asked = 0;
    const { instanceMetadata } = archive.dicomweb;
    const counting = {
      ...archive.dicomweb,
      instanceMetadata: (path: never) => ((asked += 1), instanceMetadata(path)),
    };
    const result = await run({ ...archive, dicomweb: counting });
    expect(result!.units).toMatchObject([{ outcome: 'failed' }]);
    expect(result!.units[0]!.sourceInstanceUids).toHaveLength(300);
    expect(asked).toBeLessThan(20);
  });
});
