import { describe, expect, it } from 'vitest';
import {
  type DicomJson,
  itemsOf,
  type Keyword,
  numberOf,
  stringOf,
  TAG,
  tagOf,
} from '../../../src/dicom/index.js';
import { buildReport, buildSeg, type SegInput } from '../../../src/objects/index.js';
import { segInput } from '../seg/support/input.js';
import { SOP, source, UNITS } from '../seg/support/sources.js';
import { dciodvfyErrors } from '../../support/dciodvfy.js';
import { readWithDcmtk, reportWithDcmtk, reportXmlWithDcmtk } from '../seg/support/tools.js';

const items = (dataset: DicomJson, ...path: Keyword[]) =>
  path.reduce<readonly DicomJson[]>(
    (found, keyword) => found.flatMap((item) => itemsOf(item, tagOf(keyword))),
    [dataset],
  );
const text = (dataset: DicomJson, keyword: Keyword) => stringOf(dataset, tagOf(keyword));

/** Items of the content tree with a concept, anywhere below. */
function withConcept(node: DicomJson, code: string): readonly DicomJson[] {
  return items(node, 'ContentSequence').flatMap((child) => {
    const [name] = items(child, 'ConceptNameCodeSequence');
    return [...(name && text(name, 'CodeValue') === code ? [child] : []), ...withConcept(child, code)];
  });
}

/** Value and unit of each number with a concept. */
function numbersWith(report: DicomJson, code: string): readonly (readonly [number, string])[] {
  return withConcept(report, code).map((item) => {
    const [measured] = items(item, 'MeasuredValueSequence');
    const [unit] = items(measured!, 'MeasurementUnitsCodeSequence');
    return [numberOf(measured!, tagOf('NumericValue'))!, text(unit!, 'CodeValue')!];
  });
}

const AREA = '42798000';
const LONG_AXIS = '103339001';

describe('a report', () => {
  it.each(Object.keys(UNITS))('for %s is read without complaint by dciodvfy and DCMTK', (name) => {
    const { bytes } = buildReport(segInput(UNITS[name]));
    expect(dciodvfyErrors(bytes)).toEqual([]);
    const tree = reportWithDcmtk(bytes);
    expect(tree).toContain('Comprehensive SR Document');
    expect(tree.split('\n').filter((line) => /^[EWF]: /.test(line))).toEqual([]);
    expect(reportXmlWithDcmtk(bytes)).toContain('Imaging Measurement Report');
  });

  // Debian's dciodvfy and dsrdump are older than label maps: they take the SEG's class for no image, or for one
  // without frames.
  it('on a label map refers to that class, and is otherwise the same', () => {
    const sources = UNITS['US multi-frame'];
    const { bytes } = buildReport(segInput(sources, { form: 'labelmap' }));
    const unexpected = dciodvfyErrors(bytes).filter(
      (line) => !line.includes('/ReferencedFrameNumber(0008,1160)> - Shall not be present'),
    );
    expect(unexpected).toEqual([]);
    const [report, other] = [readWithDcmtk(bytes), readWithDcmtk(buildReport(segInput(sources)).bytes)];
    expect(numbersWith(report, AREA)).toEqual(numbersWith(other, AREA));
    const references = withConcept(report, '121214').flatMap((item) => items(item, 'ReferencedSOPSequence'));
    expect(new Set(references.map((item) => text(item, 'ReferencedSOPClassUID')))).toEqual(
      new Set(['1.2.840.10008.5.1.4.1.1.66.7']),
    );
  });
});

/** One mask with a rectangle of 2 rows and 3 columns on every frame. */
function rectangles(sources: readonly DicomJson[]): SegInput {
  const input = segInput(sources);
  const data = new Uint8Array(54);
  for (const y of [1, 2]) data.fill(1, y * 9 + 4, y * 9 + 7);
  return { ...input, frames: input.frames.map((frame) => ({ ...frame, mask: { ...frame.mask, data } })) };
}
const measured = (values: Parameters<typeof source>[0]) =>
  readWithDcmtk(buildReport(rectangles([source(values)])).bytes);

describe('units', () => {
  it.each<[string, Parameters<typeof source>[0]]>([
    ['nothing is known', {}],
    ['a radiograph is measured at its detector', { SOPClassUID: SOP.cr, ImagerPixelSpacing: [0.2, 0.2] }],
    ['PixelSpacing only repeats the detector', { PixelSpacing: [0.2, 0.2], ImagerPixelSpacing: [0.2, 0.2] }],
    ['a sheet was scanned', { NominalScannedPixelSpacing: [0.2, 0.2] }],
  ])('are pixels where %s', (_, values) => {
    const report = measured(values);
    expect(numbersWith(report, AREA)).toEqual([[6, '{pixels}']]);
    expect(numbersWith(report, LONG_AXIS)).toEqual([[3.60555, '{pixels}']]);
  });

  it.each<[string, Parameters<typeof source>[0], number, number]>([
    ['the image is calibrated', { PixelSpacing: [0.5, 0.25] }, 0.75, 1.25],
    [
      'PixelSpacing corrects the detector',
      { PixelSpacing: [0.5, 0.25], ImagerPixelSpacing: [0.6, 0.3] },
      0.75,
      1.25,
    ],
  ])('are millimetres where %s', (_, values, area, longAxis) => {
    const report = measured(values);
    expect(numbersWith(report, AREA)).toEqual([[area, 'mm2']]);
    expect(numbersWith(report, LONG_AXIS)).toEqual([[longAxis, 'mm']]);
  });
});

describe('what is measured', () => {
  const input = rectangles(UNITS['US multi-frame']!);
  const sparse = { ...input, frames: [input.frames[1]!, input.frames[4]!] };
  const seg = buildSeg(sparse);
  const report = readWithDcmtk(buildReport(sparse).bytes);

  it('has a group for every frame of the SEG, on the source frame it was made from', () => {
    const references = (code: string) =>
      withConcept(report, code).flatMap((item) => items(item, 'ReferencedSOPSequence'));
    const segFrames = references('121214');
    expect(segFrames.map((item) => text(item, 'ReferencedSOPInstanceUID'))).toEqual([
      seg.sopInstanceUid,
      seg.sopInstanceUid,
    ]);
    expect(segFrames.map((item) => numberOf(item, tagOf('ReferencedFrameNumber')))).toEqual([1, 2]);
    expect(references('121233').map((item) => numberOf(item, tagOf('ReferencedFrameNumber')))).toEqual([
      2, 5,
    ]);
    expect(withConcept(report, '125007')).toHaveLength(2);
  });

  it('is tracked under the same UID as the segment', () => {
    const [segment] = items(readWithDcmtk(seg.bytes), 'SegmentSequence');
    const tracked = withConcept(report, '112040').map((item) => text(item, 'UID'));
    expect(new Set(tracked)).toEqual(new Set([text(segment!, 'TrackingUID')]));
  });

  it('is listed as evidence, SEG and sources each in their series', () => {
    const series = items(report, 'CurrentRequestedProcedureEvidenceSequence', 'ReferencedSeriesSequence');
    expect(series.map((item) => text(item, 'SeriesInstanceUID'))).toEqual([
      '1.2.3.4.5',
      seg.seriesInstanceUid,
    ]);
  });
});

describe('identity', () => {
  const input = segInput();
  const report = buildReport(input);

  it('is the same for the same SEG, and another for another one', () => {
    expect(buildReport(segInput()).bytes).toEqual(report.bytes);
    expect(buildReport({ ...input, now: new Date(0) }).sopInstanceUid).toBe(report.sopInstanceUid);
    expect(buildReport({ ...input, form: 'labelmap' }).sopInstanceUid).not.toBe(report.sopInstanceUid);
    expect(report.seriesInstanceUid).not.toBe(buildSeg(input).seriesInstanceUid);
  });

  it('carries the names of the source, in any script', () => {
    const name = { Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎' };
    const { bytes } = buildReport(segInput([source({}, { '00100010': { vr: 'PN', Value: [name] } })]));
    const readBack = readWithDcmtk(bytes);
    expect(readBack['00100010']?.Value).toEqual([name]);
    expect(stringOf(readBack, TAG.Modality)).toBe('SR');
    expect(dciodvfyErrors(bytes)).toEqual([]);
  });
});
