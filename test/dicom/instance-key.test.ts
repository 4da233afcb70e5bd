import { describe, expect, it } from 'vitest';
import { addressKey, copyKey, type DicomJson, TAG } from '../../src/dicom/index.js';

const instance = (patient: string, series: string, uid: string): DicomJson => ({
  [TAG.PatientID]: { vr: 'LO', Value: [patient] },
  [TAG.SeriesInstanceUID]: { vr: 'UI', Value: [series] },
  [TAG.SOPInstanceUID]: { vr: 'UI', Value: [uid] },
});
const one = instance('P-1', '1.2', '1.2.3');

describe('the key of an instance', () => {
  it('is one for all copies of an address, and another for another series or UID', () => {
    expect(addressKey(instance('P-2', '1.2', '1.2.3'))).toBe(addressKey(one));
    const others = [instance('P-1', '1.2.3', '1.2.3'), instance('P-1', '1.2', '1.2.3.4'), {}];
    expect(new Set([one, ...others].map(addressKey)).size).toBe(4);
  });

  it('as a row of a listing tells the copies apart as well', () => {
    const others = [
      instance('P-2', '1.2', '1.2.3'),
      instance('', '1.2', '1.2.3'),
      instance('P-1', '1.2', '1'),
    ];
    expect(new Set([one, ...others].map(copyKey)).size).toBe(4);
    expect(copyKey({ ...one })).toBe(copyKey(one));
  });
});
