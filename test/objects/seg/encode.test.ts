import { describe, expect, it } from 'vitest';
import type { DicomJson } from '../../../src/dicom/index.js';
import { encodePart10 } from '../../../src/objects/shared/encode.js';
import { readWithDcmtk } from './support/tools.js';

const IDENTITY: DicomJson = {
  '00080016': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.66.4'] },
  '00080018': { vr: 'UI', Value: ['1.2.3'] },
};
const roundTrip = (dataset: DicomJson) => readWithDcmtk(encodePart10({ ...IDENTITY, ...dataset }));

describe('values of every representation come back from DCMTK', () => {
  it.each<[tag: string, vr: string, Value: readonly unknown[]]>([
    ['00080054', 'AE', ['STATION']],
    ['00101010', 'AS', ['054Y']],
    ['00209165', 'AT', ['00200032', '00209113']],
    ['00080008', 'CS', ['DERIVED', 'PRIMARY', 'ODD']],
    ['00080020', 'DA', ['20260304']],
    ['00280030', 'DS', [0.123456789012, 2]],
    ['0018A002', 'DT', ['20260304050607.089']],
    ['00189087', 'FD', [1e10]],
    ['00720074', 'FD', [Math.PI]],
    ['00720076', 'FL', [1.5, -0.25]],
    ['00200013', 'IS', [-7]],
    ['00081030', 'LO', ['Läsion', 'Ω 皮膚 🩺']],
    ['00100010', 'PN', [{ Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' }]],
    ['00200010', 'SH', ['odd']],
    ['0072007C', 'SL', [-2147483648]],
    ['00720078', 'UL', [4294967295, 0]],
    ['0072007E', 'SS', [-32768, 5]],
    ['00620006', 'ST', ['two\nlines']],
    ['00080030', 'TM', ['050607.089']],
    ['0020000D', 'UI', ['1.2.3.4']],
    ['00280010', 'US', [65535]],
    ['00620020', 'UT', ['a long text '.repeat(10_000).trim()]],
  ])('(%s) %s', (tag, vr, Value) => {
    const dataset = { '00080005': { vr: 'CS', Value: ['ISO_IR 192'] }, [tag]: { vr, Value } };
    const got = roundTrip(dataset)[tag]!;
    expect(got.vr).toBe(vr);
    // DCMTK gives numbers in text as they are written.
    const comparable = (value: unknown) => (vr === 'DS' || vr === 'IS' ? Number(value) : value);
    expect(got.Value?.map(comparable)).toEqual(Value);
  });

  it('items within items, empty ones and empty sequences', () => {
    const empty = { vr: 'SQ', Value: [] };
    const dataset: DicomJson = {
      '00089215': empty,
      '00089124': {
        vr: 'SQ',
        Value: [{ '00082112': { vr: 'SQ', Value: [{}, { '00080100': { vr: 'SH', Value: ['1'] } }] } }, {}],
      },
      '00100030': { vr: 'DA', Value: [] },
    };
    const got = roundTrip(dataset);
    expect(got['00089124']).toEqual(dataset['00089124']);
    expect(got['00089215']).toEqual({ vr: 'SQ' });
    expect(got['00100030']).toEqual({ vr: 'DA' });
  });

  it('empty values between others keep their place', () => {
    expect(roundTrip({ '00080008': { vr: 'CS', Value: ['A', null, 'B'] } })['00080008']?.Value).toEqual([
      'A',
      null,
      'B',
    ]);
  });
});

describe('what cannot be written', () => {
  it.each<[string, DicomJson, string]>([
    [
      'text beyond the length of its representation',
      { '00081030': { vr: 'LO', Value: ['Doe^Jane'.repeat(9000)] } },
      '00081030 is too long for LO',
    ],
    [
      'a representation we do not write',
      { '00091001': { vr: 'UN', Value: ['Doe^Jane'] } },
      '00091001 cannot be written as UN',
    ],
  ])('%s is refused by tag, without its value', (_, dataset, message) => {
    const write = () => encodePart10({ ...IDENTITY, ...dataset });
    expect(write).toThrow(expect.objectContaining({ code: 'SEG_INVALID', message }));
  });
});
