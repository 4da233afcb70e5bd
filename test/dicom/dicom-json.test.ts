import { describe, expect, it } from 'vitest';
import { type DicomJson, itemsOf, numberOf, numbersOf, stringOf, stringsOf } from '../../src/dicom/index.js';

const dataset: DicomJson = {
  '00280010': { vr: 'US', Value: [512] },
  '00280030': { vr: 'DS', Value: ['0.5', ' 0.25 '] },
  '00080060': { vr: 'CS', Value: [' US '] },
  '00100010': { vr: 'PN', Value: [{ Alphabetic: 'A^B' }] },
  '00081140': { vr: 'SQ', Value: [{ '00081155': { vr: 'UI', Value: ['1.2'] } }, null] },
  '00080050': { vr: 'SH' },
  '00080090': { vr: 'PN', Value: [null] },
};

describe('reading the DICOM JSON model', () => {
  it('numbers come from numbers and from decimal strings', () => {
    expect(numberOf(dataset, '00280010')).toBe(512);
    expect(numbersOf(dataset, '00280030')).toEqual([0.5, 0.25]);
  });
  it('strings are trimmed; what is absent, empty, null or no scalar is undefined', () => {
    expect(stringOf(dataset, '00080060')).toBe('US');
    for (const tag of ['00080050', '00080090', '00100010', '99999999'])
      expect(stringOf(dataset, tag)).toBeUndefined();
    expect(stringsOf(dataset, '00080050')).toEqual([]);
  });
  it('items of a sequence leave out null', () => {
    expect(itemsOf(dataset, '00081140')).toHaveLength(1);
    expect(itemsOf(dataset, '00080060')).toEqual([]);
  });
});
