import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { derivedObject, isSegmentation, SOP_CLASS, type SopClass } from '../../src/dicom/index.js';

const CLASSES: readonly SopClass[] = Object.values(SOP_CLASS);
const modalities = parse(readFileSync('config/modalities.yaml', 'utf8')) as {
  routing: { sources: { uid: string; name: string }[] };
};

describe('SOP classes', () => {
  it('each has a UID of its own', () => {
    expect(new Set(CLASSES.map(({ uid }) => uid)).size).toBe(CLASSES.length);
  });

  it.each(modalities.routing.sources)(
    'the source $name of the configuration is one of an image',
    ({ uid, name }) => {
      const known = CLASSES.find((sopClass) => sopClass.uid === uid);
      expect(known?.name.replace('(Retired)', '').replace('Image', '')).toContain(name.split(' ')[0]);
      expect(derivedObject(uid)).toBeUndefined();
      expect(isSegmentation(uid)).toBe(false);
    },
  );

  it('segmentations and reports are derived objects, and so are classes that are added to their families', () => {
    expect(derivedObject(SOP_CLASS.Segmentation.uid)).toContain('segmentation');
    expect(derivedObject(SOP_CLASS.ComprehensiveSR.uid)).toContain('report');
    expect(derivedObject('1.2.840.10008.5.1.4.1.1.66.99')).toBeDefined();
    expect(derivedObject(undefined)).toBeUndefined();
    expect(isSegmentation(SOP_CLASS.LabelMapSegmentation.uid)).toBe(true);
  });
});
