import { expect, it } from 'vitest';
import { webhookEventOf } from '../../src/admin/webhooks/payload.js';
import { deriveUid, isSelfTestStudy, isUid, newSelfTestStudy } from '../../src/core/index.js';
import { makeStudy } from '../../src/doctor/self-test/steps.js';

it('each self-test has a study of its own, which is told from others by its UID', () => {
  const [one, other] = [newSelfTestStudy(), newSelfTestStudy()];
  expect(one).not.toBe(other);
  expect([one, other].every((study) => isUid(study) && isSelfTestStudy(study))).toBe(true);
  expect(isSelfTestStudy(deriveUid('doctor', 'self test'))).toBe(false);
  expect(isSelfTestStudy(deriveUid('another'))).toBe(false);
});

it('the object of a self-test carries such a UID', { timeout: 30_000 }, () => {
  const { bytes, studyInstanceUid } = makeStudy('a');
  expect(isSelfTestStudy(studyInstanceUid)).toBe(true);
  expect(Buffer.from(bytes).includes(studyInstanceUid)).toBe(true);
});

it('no webhook is told of it', () => {
  const event = (studyInstanceUid: string) =>
    webhookEventOf({
      id: '1-0',
      at: new Date().toISOString(),
      type: 'study',
      data: { studyInstanceUid, state: 'done', outcome: 'segmented', channels: [], ended: true },
    });
  expect(event(newSelfTestStudy())).toBeUndefined();
  expect(event(deriveUid('another'))).toBe('study.done');
});
