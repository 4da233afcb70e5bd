import { describe, expect, it } from 'vitest';
import { ATTRIBUTES, type DicomJson, itemsOf } from '../../../src/dicom/index.js';
import { buildReport, buildSeg } from '../../../src/objects/index.js';
import type { SegForm } from '../../../src/objects/seg/types.js';
import { segInput } from './support/input.js';
import { UNITS } from './support/sources.js';
import { pixelDataWithDcmtk, readWithDcmtk } from './support/tools.js';

/** All that may differ between two objects made of the same input: when they were made. */
const VARYING = [
  'ContentDate',
  'ContentTime',
  'ContributionDateTime',
  'InstanceCreationDate',
  'InstanceCreationTime',
  'SeriesDate',
  'SeriesTime',
] as const;
const IN_A_REPORT = ['ContentDate', 'ContentTime', 'SeriesDate', 'SeriesTime'];

const KEYWORDS = new Map(Object.entries(ATTRIBUTES).map(([keyword, [tag]]) => [tag as string, keyword]));

/** Keywords of the attributes in which two data sets differ, at any depth. */
function differences(a: DicomJson, b: DicomJson): Set<string> {
  const found = new Set<string>();
  for (const tag of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (JSON.stringify(a[tag]) === JSON.stringify(b[tag])) continue;
    const [inA, inB] = [itemsOf(a, tag), itemsOf(b, tag)];
    if (a[tag]?.vr !== 'SQ' || inA.length !== inB.length) found.add(KEYWORDS.get(tag) ?? tag);
    else inA.forEach((item, i) => differences(item, inB[i]!).forEach((keyword) => found.add(keyword)));
  }
  return found;
}

describe.each<SegForm>(['binary', 'labelmap'])('a %s SEG of the same input', (form) => {
  describe.each(Object.keys(UNITS))('for %s', (name) => {
    const input = () => segInput(UNITS[name], { form });
    const later = () => ({ ...input(), now: new Date('2031-10-11T12:13:14.156Z') });

    it('has the same bytes, and so has the report on it', () => {
      expect(buildSeg(input()).bytes).toEqual(buildSeg(input()).bytes);
      expect(buildReport(input()).bytes).toEqual(buildReport(input()).bytes);
    });

    it('made at another time, differs in dates and times only', () => {
      const [first, second] = [buildSeg(input()).bytes, buildSeg(later()).bytes];
      expect([...differences(readWithDcmtk(first), readWithDcmtk(second))].sort()).toEqual(VARYING);
      expect(pixelDataWithDcmtk(second)).toEqual(pixelDataWithDcmtk(first));
      const reports = [buildReport(input()).bytes, buildReport(later()).bytes].map(readWithDcmtk);
      expect([...differences(reports[0]!, reports[1]!)].sort()).toEqual(IN_A_REPORT);
    });
  });
});

it('every attribute of VARYING is a date or time', () => {
  for (const keyword of VARYING) expect(['DA', 'TM', 'DT']).toContain(ATTRIBUTES[keyword][1]);
});
