import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveUid, isUid, parseUid } from '../../src/core/index.js';

describe('a UID', () => {
  it.each(['1.2.840.10008.1.1', '2.25.0', '1', '1.02.3'])('%s is one', (text) => {
    expect(parseUid(text)).toBe(text);
  });

  it.each([
    '',
    '../../system',
    '1..2',
    '.1',
    '1.',
    '1.2/3',
    '1.2 ',
    'a.b',
    '1'.repeat(65),
    12,
    null,
    undefined,
  ])('%s is none, and the error does not repeat it', (value) => {
    expect(() => parseUid(value, 'The study')).toThrowError(/^The study is not a DICOM UID/);
  });

  it('derived from parts is valid, the same every time, and different for other parts', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.string(), (parts, more) => {
        const uid = deriveUid(...parts);
        expect(isUid(uid)).toBe(true);
        expect(uid.startsWith('2.25.')).toBe(true);
        expect(deriveUid(...parts)).toBe(uid);
        expect(deriveUid(...parts, more)).not.toBe(uid);
      }),
    );
  });

  it('keeps parts apart: ("ab","c") is not ("a","bc")', () => {
    expect(deriveUid('ab', 'c')).not.toBe(deriveUid('a', 'bc'));
  });
});
