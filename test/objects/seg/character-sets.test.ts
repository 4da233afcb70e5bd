import { describe, expect, it } from 'vitest';
import { type DicomJson, stringsOf, tagOf } from '../../../src/dicom/index.js';
import { buildSeg } from '../../../src/objects/index.js';
import { segInput } from './support/input.js';
import { source } from './support/sources.js';
import { dciodvfyErrors } from '../../support/dciodvfy.js';
import { dumpWithDcmtk, readWithDcmtk } from './support/tools.js';

interface Name {
  readonly Alphabetic: string;
  readonly Ideographic?: string;
  readonly Phonetic?: string;
}

/** A source whose archive gives decoded text, still stating the character set of the file it came from. */
function sourceOf(characterSet: readonly (string | null)[], name: Name, description: string): DicomJson {
  return source(
    {},
    {
      '00080005': { vr: 'CS', Value: characterSet },
      '00081030': { vr: 'LO', Value: [description] },
      '00100010': { vr: 'PN', Value: [name] },
    },
  );
}

describe.each<[string, readonly (string | null)[], Name, string]>([
  [
    'Japanese',
    [null, 'ISO 2022 IR 87'],
    { Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' },
    '皮膚の検査',
  ],
  ['Cyrillic', ['ISO_IR 144'], { Alphabetic: 'Люкceмбypг^Анна' }, 'Осмотр кожи'],
  ['Latin', ['ISO_IR 100'], { Alphabetic: 'Buc^Jérôme' }, 'Läsion über dem Knöchel'],
  ['Arabic', ['ISO_IR 127'], { Alphabetic: 'قباني^لنزار' }, 'فحص الجلد'],
  ['UTF-8', ['ISO_IR 192'], { Alphabetic: 'Wang^XiaoDong', Ideographic: '王^小东' }, '皮肤 🩺'],
  [
    'Korean without alphabetic group',
    ['ISO 2022 IR 149'],
    { Alphabetic: '', Ideographic: '洪^吉洞' },
    '피부',
  ],
])('%s text', (_, characterSet, name, description) => {
  const { bytes } = buildSeg(segInput([sourceOf(characterSet, name, description)]));
  const seg = readWithDcmtk(bytes);

  it('is the same when read back, declared as UTF-8', () => {
    const given = Object.fromEntries(Object.entries(name).filter(([, group]) => group !== ''));
    expect(seg['00100010']?.Value).toEqual([given]);
    expect(stringsOf(seg, '00081030')).toEqual([description]);
  });

  it('has no error for dciodvfy', () => {
    expect(dciodvfyErrors(bytes)).toEqual([]);
  });
});

/** The character set in the file itself (DCMTK's JSON is always UTF-8 and says so). */
function declaredCharacterSet(bytes: Uint8Array): string | undefined {
  return /\(0008,0005\) CS \[(.*?)\s*\]/.exec(dumpWithDcmtk(bytes))?.[1];
}

describe('the declared character set', () => {
  it.each<[string, readonly (string | null)[], Name, string | undefined]>([
    ['stays for plain ASCII', ['ISO_IR 100'], { Alphabetic: 'Doe^Jane' }, 'ISO_IR 100'],
    ['stays with code extensions', [null, 'ISO 2022 IR 87'], { Alphabetic: 'Doe^Jane' }, '\\ISO 2022 IR 87'],
    ['stays absent', [], { Alphabetic: 'Doe^Jane' }, undefined],
    ['becomes UTF-8 for other text', ['ISO_IR 100'], { Alphabetic: 'Doe^Zoë' }, 'ISO_IR 192'],
    ['becomes UTF-8 where backslash means yen', ['ISO_IR 13'], { Alphabetic: 'Doe^Jane' }, 'ISO_IR 192'],
  ])('%s', (_, characterSet, name, expected) => {
    expect(declaredCharacterSet(buildSeg(segInput([sourceOf(characterSet, name, 'Check')])).bytes)).toBe(
      expected,
    );
  });

  it('follows text of our own, too', () => {
    const segment = { ...segInput().segment, label: 'Lésion' };
    const { bytes } = buildSeg(segInput([source()], { segment }));
    expect(declaredCharacterSet(bytes)).toBe('ISO_IR 192');
    expect(stringsOf(readWithDcmtk(bytes), tagOf('SeriesDescription'))).toEqual([
      'ESP-MedSAM dermoscopy: lésion',
    ]);
  });
});
