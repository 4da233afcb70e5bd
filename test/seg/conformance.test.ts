import { describe, expect, it } from 'vitest';
import { numbersOf, stringOf, TAG } from '../../src/core/index.js';
import { buildSeg, checkSeg, type SegInput, type SegProfile } from '../../src/seg/index.js';
import { segInput } from './support/input.js';
import { UNITS } from './support/sources.js';
import { dciodvfyErrors, pixelDataWithDcmtk, readWithDcmtk } from './support/tools.js';

/** Every pixel of every frame, from packed bits, in one list. */
function pixelsOf(packed: Uint8Array, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => (packed[i >> 3]! >> (i & 7)) & 1);
}

function pixelsGiven({ frames }: SegInput): Uint8Array {
  return Uint8Array.from(frames.flatMap((frame) => [...frame.mask.data]));
}

describe.each<SegProfile>(['viewer', 'strict'])('a SEG in the %s profile', (profile) => {
  describe.each(Object.keys(UNITS))('for %s', (name) => {
    const input = segInput(UNITS[name], { profile });
    const { bytes } = buildSeg(input);

    it('has no error for dciodvfy', () => {
      expect(dciodvfyErrors(bytes)).toEqual([]);
    });

    it('is read by DCMTK with the pixels of the masks, bit for bit', () => {
      const pixels = pixelsGiven(input);
      expect(pixelsOf(pixelDataWithDcmtk(bytes), pixels.length)).toEqual(pixels);
    });

    it('still satisfies our own rules when read back', () => {
      const readBack = readWithDcmtk(bytes);
      expect(checkSeg(readBack, { profile, sources: input.sources })).toEqual([]);
      expect(stringOf(readBack, TAG.SOPClassUID)).toBe('1.2.840.10008.5.1.4.1.1.66.4');
      expect(numbersOf(readBack, TAG.Rows)).toEqual([6]);
    });
  });
});
