import { expect, it } from 'vitest';
import { type DicomJson, frameCount, TAG } from '../../src/dicom/index.js';

const stating = (...values: unknown[]): DicomJson => ({
  [TAG.NumberOfFrames]: { vr: 'IS', Value: values },
});

it.each([
  [1, stating(1)],
  [5, stating(5)],
  [5, stating('5')],
  [12, stating(' 12 ')],
  [1, {}],
  [1, stating()],
  [1, stating(0)],
  [1, stating('0')],
  [1, stating(-3)],
  [1, stating(2.5)],
  [1, stating('many')],
  [1, stating(null)],
])('an image has %i frame(s) when it states %j', (count, image) => {
  expect(frameCount(image)).toBe(count);
});
