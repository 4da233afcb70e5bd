import { describe, expect, it } from 'vitest';
import { numbersOf, stringOf, TAG } from '../../../src/dicom/index.js';
import { readSeg } from '../../../src/demo/read-seg.js';
import { buildSeg, type SegInput, unpackMask } from '../../../src/objects/index.js';
import { checkSeg } from '../../../src/objects/seg/check.js';
import type { SegForm, SegProfile } from '../../../src/objects/seg/types.js';
import { segInput } from './support/input.js';
import { UNITS } from './support/sources.js';
import { dciodvfyErrors } from '../../support/dciodvfy.js';
import { pixelDataWithDcmtk, readWithDcmtk } from './support/tools.js';

/** Every pixel of every frame, from packed bits, in one list. */
function pixelsOf(packed: Uint8Array, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => (packed[i >> 3]! >> (i & 7)) & 1);
}

function pixelsGiven({ frames }: SegInput): Uint8Array {
  return Uint8Array.from(frames.flatMap((frame) => [...unpackMask(frame.mask).data]));
}

const SOP_CLASSES: Record<SegForm, string> = {
  binary: '1.2.840.10008.5.1.4.1.1.66.4',
  labelmap: '1.2.840.10008.5.1.4.1.1.66.7',
};

describe.each<[SegForm, SegProfile]>([
  ['binary', 'viewer'],
  ['binary', 'strict'],
  ['labelmap', 'viewer'],
  ['labelmap', 'strict'],
])('a %s SEG in the %s profile', (form, profile) => {
  describe.each(Object.keys(UNITS))('for %s', (name) => {
    const input = segInput(UNITS[name], { form, profile });
    const { bytes } = buildSeg(input);

    it('has no error for dciodvfy', () => {
      const errors = dciodvfyErrors(bytes);
      // Debian's dciodvfy is older than label maps: it says that it does not know the class, and nothing else.
      const unknown = form === 'labelmap' && errors.includes('Error - Information Object Not found');
      expect(errors).toEqual(unknown ? ['Error - Information Object Not found'] : []);
    });

    it('is read by DCMTK with the pixels of the masks, bit for bit', () => {
      const pixels = pixelsGiven(input);
      const data = pixelDataWithDcmtk(bytes);
      expect(data.length % 2).toBe(0);
      expect(form === 'binary' ? pixelsOf(data, pixels.length) : data.slice(0, pixels.length)).toEqual(
        pixels,
      );
    });

    it('still satisfies our own rules when read back', () => {
      const readBack = readWithDcmtk(bytes);
      expect(checkSeg(readBack, { profile, form, sources: input.sources })).toEqual([]);
      expect(stringOf(readBack, TAG.SOPClassUID)).toBe(SOP_CLASSES[form]);
      expect(numbersOf(readBack, TAG.Rows)).toEqual([6]);
    });

    it('gives every mask back under its source frame', () => {
      const { masks } = readSeg(readWithDcmtk(bytes), bytes);
      const expected = input.frames.map(({ sourceIndex, frameNumber, mask }) => {
        const source = input.sources[sourceIndex]!;
        const uid = stringOf(source, TAG.SOPInstanceUID)!;
        return [source[TAG.NumberOfFrames] ? `${uid}.f${frameNumber}` : uid, unpackMask(mask).data];
      });
      expect([...masks]).toEqual(expected);
    });
  });
});
