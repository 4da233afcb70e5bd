import type { DicomJson, DicomJsonAttribute } from '../../dicom/index.js';

// What can be carried over by value; binary representations are never part of patient or study attributes.
const VALUE_REPRESENTATIONS = new Set(
  'AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SQ SS ST TM UC UI UL UR US UT'.split(' '),
);

/** The named attributes of a data set, unchanged; absent ones are left out. */
export function copyAttributes(source: DicomJson, tags: readonly string[]): DicomJson {
  const copy: Record<string, DicomJsonAttribute> = {};
  for (const tag of tags) {
    const attribute = source[tag] && copyAttribute(source[tag]);
    if (attribute) copy[tag] = attribute;
  }
  return copy;
}

/** Copies one attribute with the items of sequences; bulk, inline binary and private data are left out. */
function copyAttribute({ vr, Value = [] }: DicomJsonAttribute): DicomJsonAttribute | undefined {
  if (vr === undefined || !VALUE_REPRESENTATIONS.has(vr)) return undefined;
  if (vr !== 'SQ') return { vr, Value };
  const items = Value.filter((item): item is DicomJson => typeof item === 'object' && item !== null);
  return { vr, Value: items.map((item) => copyAttributes(item, Object.keys(item).filter(isStandardTag))) };
}

function isStandardTag(tag: string): boolean {
  return /^[0-9A-F]{8}$/.test(tag) && Number.parseInt(tag.slice(0, 4), 16) % 2 === 0 && !tag.endsWith('0000');
}
