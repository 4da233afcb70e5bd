import { describe, expect, it } from 'vitest';
import { type DicomJson, TAG } from '../../../src/dicom/index.js';
import { isUid } from '../../../src/core/index.js';
import { buildSeg, segIdentity, type SegInput } from '../../../src/objects/index.js';
import { segInput } from './support/input.js';
import { source, UNITS } from './support/sources.js';

const input = segInput(UNITS['stack of three instances']);
const withAlgorithm = (changes: Partial<SegInput['algorithm']>) => ({
  ...input,
  algorithm: { ...input.algorithm, ...changes },
});

const study = (uid: string): DicomJson => ({ [TAG.StudyInstanceUID]: { vr: 'UI', Value: [uid] } });
const patient = (id: string): DicomJson => ({ [TAG.PatientID]: { vr: 'LO', Value: [id] } });

describe('identity', () => {
  it('gives five different UIDs under 2.25', () => {
    const uids = Object.values(segIdentity(input));
    expect(new Set(uids).size).toBe(5);
    expect(uids.every((uid) => isUid(uid) && uid.startsWith('2.25.'))).toBe(true);
  });

  it('is known before building, and is what gets built', () => {
    const identity = segIdentity(input);
    const seg = buildSeg(input);
    expect(seg.sopInstanceUid).toBe(identity.sopInstanceUid);
    expect(seg.seriesInstanceUid).toBe(identity.seriesInstanceUid);
    expect(seg.studyInstanceUid).toBe('1.2.3.4');
  });

  it.each<[string, SegInput]>([
    ['order of the sources', { ...input, sources: [...input.sources].reverse() }],
    ['version of this software', withAlgorithm({ softwareVersion: '9.9' })],
    ['score', withAlgorithm({ score: 0.5 })],
    ['letter case of the hash', withAlgorithm({ weightsSha256: 'AB'.repeat(32) })],
    ['masks', { ...input, frames: input.frames.slice(1) }],
    ['time', { ...input, now: new Date(0) }],
  ])('does not depend on the %s', (_, changed) => {
    expect(segIdentity(changed)).toEqual(segIdentity(input));
  });

  it('keeps the tracking UID when the patient is corrected', () => {
    const sources = input.sources.map((one) => ({ ...one, ...patient('OTHER-1') }));
    expect(segIdentity({ ...input, sources }).trackingUid).toBe(segIdentity(input).trackingUid);
  });

  it.each<[string, SegInput]>([
    ['sources', { ...input, sources: [source({ SOPInstanceUID: '1.2.9' })] }],
    ['pictures under the same UIDs', { ...input, pictures: 'ef'.repeat(32) }],
    ['study', { ...input, sources: input.sources.map((one) => ({ ...one, ...study('1.2.3.9') })) }],
    ['patient', { ...input, sources: input.sources.map((one) => ({ ...one, ...patient('OTHER-1') })) }],
    ['weights', withAlgorithm({ weightsSha256: 'cd'.repeat(32) })],
    ['channel', withAlgorithm({ channel: 'xray' })],
    ['threshold', withAlgorithm({ threshold: 0.6 })],
    ['tiles', withAlgorithm({ tiles: 3 })],
    ['views', withAlgorithm({ views: 2 })],
    ['preprocessing', withAlgorithm({ preprocessingVersion: '2' })],
    ['profile', { ...input, profile: 'strict' }],
    ['form', { ...input, form: 'labelmap' }],
    ['codes', { ...input, segment: { ...input.segment, region: undefined } }],
  ])('changes with the %s', (_, changed) => {
    const [before, after] = [segIdentity(input), segIdentity(changed)];
    expect(after.sopInstanceUid).not.toBe(before.sopInstanceUid);
    expect(after.seriesInstanceUid).not.toBe(before.seriesInstanceUid);
  });
});
