import dcmjs from 'dcmjs';
import { expect, it } from 'vitest';
import { ATTRIBUTES, TAG, tagOf } from '../../src/dicom/index.js';

/** VRs that the standard leaves open, as dcmjs names them, with the one that we write. */
const OPEN: Readonly<Record<string, readonly string[]>> = { xs: ['US'], ox: ['OW'], lt: ['OW'] };

it.each(Object.entries(ATTRIBUTES))(
  '%s has the tag and the VR of the dictionary of dcmjs',
  (keyword, [tag, vr]) => {
    const entry = dcmjs.data.DicomMetaDictionary.dictionary[`(${tag.slice(0, 4)},${tag.slice(4)})`];
    expect(entry?.name.replace(/^RETIRED_/, '')).toBe(keyword);
    expect(OPEN[entry!.vr] ?? [entry!.vr]).toContain(vr);
  },
);

it('attributes are listed once, in the order of their tags', () => {
  const tags = Object.values(ATTRIBUTES).map(([tag]) => tag);
  expect(tags).toEqual([...new Set(tags)].sort());
});

it('a tag is found by its keyword', () => {
  expect(TAG.Rows).toBe('00280010');
  expect(tagOf('PixelData')).toBe(TAG.PixelData);
});
