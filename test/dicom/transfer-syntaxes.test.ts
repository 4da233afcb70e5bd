import { describe, expect, it } from 'vitest';
import { TRANSFER_SYNTAXES, transferSyntaxOf } from '../../src/dicom/index.js';

describe('transfer syntaxes', () => {
  it.each(Object.entries(TRANSFER_SYNTAXES))(
    '%s is a UID with a name and a way of reading it',
    (uid, syntax) => {
      expect(uid).toMatch(/^1\.2\.840\.10008\.1\.2(\.[1-9][0-9]*)*$/);
      expect(syntax.name).not.toBe('');
      // Only what is native is read by the decoder of native pixels, and nothing else is.
      expect(syntax.decoder.startsWith('native')).toBe(syntax.pixelData === 'native');
    },
  );

  it('what the standard calls lossless is not lossy', () => {
    const lossless = Object.values(TRANSFER_SYNTAXES).filter(({ name }) => /(?<!Near-)Lossless/.test(name));
    expect(lossless.length).toBeGreaterThan(5);
    expect(lossless.filter(({ lossy }) => lossy)).toEqual([]);
  });

  it('an unknown UID is no transfer syntax, nor is the name of a property', () => {
    expect(transferSyntaxOf('1.2.3')).toBeUndefined();
    expect(transferSyntaxOf('toString')).toBeUndefined();
  });
});
