import { describe, expect, it } from 'vitest';
import { type DicomJson, stringOf, TAG } from '../../src/dicom/index.js';
import { selectDisplayUnits } from '../../src/pipeline/index.js';

const instance = (uid: string, values: Record<string, unknown>): DicomJson =>
  Object.fromEntries(
    Object.entries({ SOPInstanceUID: uid, Rows: 10, Columns: 20, Modality: 'XC', ...values }).map(
      ([keyword, value]) => [
        TAG[keyword as keyof typeof TAG],
        { Value: Array.isArray(value) ? value : [value] },
      ],
    ),
  );

const WSI = { targetMicrometres: 0.5, maxTiles: 1000 };

const unitsOf = (series: DicomJson[]) =>
  selectDisplayUnits(series, WSI).map(({ sources }) =>
    sources.map((source) => stringOf(source, TAG.SOPInstanceUID)),
  );

describe('display units of a series', () => {
  it('single-frame instances form one stack in order of InstanceNumber', () => {
    const series = [3, 1, 2].map((number) => instance(`1.${number}`, { InstanceNumber: number }));
    expect(unitsOf(series)).toEqual([['1.1', '1.2', '1.3']]);
  });

  it.each(['CR', 'DX'])('every %s stands alone', (modality) => {
    const series = [1, 2].map((number) =>
      instance(`1.${number}`, { InstanceNumber: number, Modality: modality }),
    );
    expect(unitsOf(series)).toEqual([['1.1'], ['1.2']]);
  });

  it('a multi-frame instance stands alone beside the stack', () => {
    const series = [
      instance('1.1', { InstanceNumber: 1 }),
      instance('1.2', { InstanceNumber: 2, NumberOfFrames: 8 }),
      instance('1.3', { InstanceNumber: 3 }),
    ];
    expect(unitsOf(series)).toEqual([['1.1', '1.3'], ['1.2']]);
  });

  it.each([
    ['sizes', { Rows: 11 }],
    ['orientations', { ImageOrientationPatient: [0, 1, 0, 0, 0, -1] }],
  ])('instances of different %s do not share a stack', (_what, change) => {
    const series = [
      instance('1.1', { InstanceNumber: 1 }),
      instance('1.2', { InstanceNumber: 2, ...change }),
    ];
    expect(unitsOf(series)).toEqual([['1.1'], ['1.2']]);
  });

  it('without InstanceNumber the order does not depend on the archive', () => {
    const series = ['1.3', '1.1', '1.2'].map((uid) => instance(uid, {}));
    expect(unitsOf(series)).toEqual(unitsOf([...series].reverse()));
  });
});
