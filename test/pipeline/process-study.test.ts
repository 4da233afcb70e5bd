import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/index.js';
import { numberOf, stringOf, TAG } from '../../src/dicom/index.js';
import { processStudy } from '../../src/pipeline/index.js';
import { source } from '../objects/seg/support/sources.js';
import { contextOf, DERMOSCOPIC, memoryArchive, STUDY } from '../support/memory-archive.js';

const SETTINGS = { profile: 'viewer', form: 'binary', measurements: false } as const;
const classes = (stored: readonly Parameters<typeof stringOf>[0][]) =>
  stored.map((dataset) => stringOf(dataset, TAG.SOPClassUID));
const BINARY = '1.2.840.10008.5.1.4.1.1.66.4';
const LABELMAP = '1.2.840.10008.5.1.4.1.1.66.7';
const REPORT = '1.2.840.10008.5.1.4.1.1.88.33';

describe('what is stored for a study', () => {
  it.each([
    ['a binary SEG by default', SETTINGS, [BINARY]],
    ['a label map where it is asked for', { ...SETTINGS, form: 'labelmap' }, [LABELMAP]],
    ['a report after the SEG where it is asked for', { ...SETTINGS, measurements: true }, [BINARY, REPORT]],
  ] as const)('is %s', async (_, settings, expected) => {
    const archive = memoryArchive([source({}, DERMOSCOPIC)]);
    const run = await processStudy(STUDY, contextOf(archive, settings), undefined);
    expect(classes(archive.stored)).toEqual(expected);
    expect(run).toMatchObject({
      outcome: 'segmented',
      stored: expected.length,
      instances: 1 + expected.length,
    });
  });
});

describe('what a study tells of its device', () => {
  it('is model, station, outcome and area: nothing of the study or the patient', async () => {
    const header = {
      ...DERMOSCOPIC,
      [TAG.ManufacturerModelName]: { vr: 'LO', Value: ['Scope 9'] },
      [TAG.StationName]: { vr: 'SH', Value: [' ROOM1\u0000'] },
    };
    const archive = memoryArchive([source({}, header)]);
    const run = await processStudy(STUDY, contextOf(archive, SETTINGS), undefined);
    const pixels = numberOf(source({}, header), TAG.Rows)! * numberOf(source({}, header), TAG.Columns)!;
    expect(run!.observed).toEqual([
      {
        device: { model: 'Scope 9', station: 'ROOM1' },
        outcome: 'segmented',
        channel: 'dermoscopy',
        area: 2 / pixels,
        quality: undefined,
        pixelsSha256: run!.units[0]!.pixelsSha256,
      },
    ]);
  });

  it('is cut where a header makes a name of it as long as a book', async () => {
    const header = { ...DERMOSCOPIC, [TAG.StationName]: { vr: 'SH', Value: ['x'.repeat(100_000)] } };
    const run = await processStudy(
      STUDY,
      contextOf(memoryArchive([source({}, header)]), SETTINGS),
      undefined,
    );
    expect(run!.observed[0]!.device.station).toHaveLength(64);
  });
});

describe('a report', () => {
  const settings = { ...SETTINGS, measurements: true } as const;

  it('is named in the result of its unit, and is no source of the next run', async () => {
    const archive = memoryArchive([source({}, DERMOSCOPIC)]);
    const first = await processStudy(STUDY, contextOf(archive, settings), undefined);
    const [seg, report] = archive.stored;
    expect(first!.units).toMatchObject([
      {
        outcome: 'segmented',
        segInstanceUid: stringOf(seg!, TAG.SOPInstanceUID),
        srSeriesUid: stringOf(report!, TAG.SeriesInstanceUID),
        srInstanceUid: stringOf(report!, TAG.SOPInstanceUID),
      },
    ]);
    expect(await processStudy(STUDY, contextOf(archive, settings), first)).toMatchObject({
      unchanged: true,
      stored: 0,
    });
    const again = await processStudy(STUDY, contextOf(archive, settings), undefined);
    expect(again).toMatchObject({ stored: 0, instances: 3, units: first!.units });
    expect(again!.units).toHaveLength(1);
  });

  it('is added to a study that was segmented before reports were asked for', async () => {
    const archive = memoryArchive([source({}, DERMOSCOPIC)]);
    const before = await processStudy(STUDY, contextOf(archive, SETTINGS), undefined);
    const after = await processStudy(STUDY, contextOf(archive, settings), before);
    expect(classes(archive.stored)).toEqual([BINARY, REPORT]);
    expect(after).toMatchObject({ stored: 1, instances: 3 });
  });
});

describe('a damaged header', () => {
  it('that names more frames than fit in memory fails its unit, not the worker', async () => {
    const frames = { '00280008': { vr: 'IS', Value: [2 ** 31 - 1] } };
    const { dicomweb, stored } = memoryArchive([source({}, { ...DERMOSCOPIC, ...frames })]);
    const refusing = {
      ...dicomweb,
      frame: () => Promise.reject(new AppError('ARCHIVE_REFUSED', 'there is no such frame')),
    };
    const run = await processStudy(STUDY, contextOf({ dicomweb: refusing, stored }, SETTINGS), undefined);
    expect(run).toMatchObject({ outcome: 'failed', stored: 0 });
  });
});

describe('an image that its header describes wrongly', () => {
  const cine = (frames: number) =>
    source({}, { ...DERMOSCOPIC, [TAG.NumberOfFrames]: { vr: 'IS', Value: [frames] } });

  /** The archive refuses frames that are not there. */
  function having(frames: number, stated: number) {
    const archive = memoryArchive([cine(stated)]);
    const { frame } = archive.dicomweb;
    const refused = new AppError('ARCHIVE_REFUSED', 'WADO frame: the archive answered 400 to GET');
    archive.dicomweb.frame = (path, number, form) =>
      number <= frames ? frame(path, number, form) : Promise.reject(refused);
    return archive;
  }

  it('gets its result for the frames that are there, and the reason names those that are missing', async () => {
    const archive = having(3, 5);
    const run = await processStudy(STUDY, contextOf(archive, SETTINGS), undefined);
    expect(run).toMatchObject({
      outcome: 'segmented',
      units: [{ outcome: 'segmented', frames: { positive: 3, total: 3 } }],
    });
    expect(run!.units[0]!.reasons).toContain('NumberOfFrames is 5, but the archive has 3: 2 missing');
    expect(numberOf(archive.stored[0]!, TAG.NumberOfFrames)).toBe(3);
  });

  it('is tried again before frames are taken for missing', async () => {
    const context = { ...contextOf(having(3, 5), SETTINGS), lastAttempt: false };
    await expect(processStudy(STUDY, context, undefined)).rejects.toMatchObject({ code: 'ARCHIVE_REFUSED' });
  });

  it('fails when a frame among others is refused', async () => {
    const archive = having(5, 5);
    const { frame } = archive.dicomweb;
    archive.dicomweb.frame = (path, number, form) =>
      number === 2
        ? Promise.reject(new AppError('ARCHIVE_REFUSED', 'answered 500'))
        : frame(path, number, form);
    const run = await processStudy(STUDY, contextOf(archive, SETTINGS), undefined);
    expect(run).toMatchObject({ outcome: 'failed', units: [{ outcome: 'failed' }] });
  });

  it('has one frame where NumberOfFrames is 0', async () => {
    const archive = having(1, 0);
    const run = await processStudy(STUDY, contextOf(archive, SETTINGS), undefined);
    expect(run).toMatchObject({ units: [{ outcome: 'segmented', frames: { positive: 1, total: 1 } }] });
  });
});
