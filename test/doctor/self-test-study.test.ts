import { expect, it } from 'vitest';
import { webhookEventOf } from '../../src/notify/webhooks/payload.js';
import { AppError, deriveUid, isSelfTestStudy, isUid, newSelfTestStudy } from '../../src/core/index.js';
import { makeStudy, StepFailed } from '../../src/doctor/self-test/steps.js';

it('each self-test has a study of its own, which is told from others by its UID', () => {
  const [one, other] = [newSelfTestStudy(), newSelfTestStudy()];
  expect(one).not.toBe(other);
  expect([one, other].every((study) => isUid(study) && isSelfTestStudy(study))).toBe(true);
  expect(isSelfTestStudy(deriveUid('doctor', 'self test'))).toBe(false);
  expect(isSelfTestStudy(deriveUid('another'))).toBe(false);
});

it('the object of a self-test carries such a UID', { timeout: 30_000 }, async () => {
  const study = newSelfTestStudy();
  const { bytes, studyInstanceUid } = await makeStudy(study, 'a');
  expect(studyInstanceUid).toBe(study);
  expect(Buffer.from(bytes).includes(study)).toBe(true);
});

it('a picture that cannot be drawn is a failed step that says so', async () => {
  const draw = () => Promise.reject(new AppError('INTERNAL', 'The phantom could not be drawn (why)'));
  const made = makeStudy(newSelfTestStudy(), 'a', draw);
  await expect(made).rejects.toThrow(
    /^The phantom could not be drawn \(why\)\. Is this installation complete/,
  );
  await expect(made).rejects.toBeInstanceOf(StepFailed);
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
