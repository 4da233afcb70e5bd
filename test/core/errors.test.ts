import { describe, expect, it } from 'vitest';
import { AppError, errorCodeOf, ERRORS, problemOf, toAppError } from '../../src/core/index.js';
import { errorsPage } from './errors-page.js';

describe('an error of the catalogue', () => {
  it.each(Object.entries(ERRORS))('%s tells the operator what to do', (_code, { advice, status }) => {
    expect(advice.length).toBeGreaterThan(10);
    expect(status).toBeGreaterThanOrEqual(400);
  });

  it.each(Object.entries(ERRORS))(
    '%s advises something to do, not only what is the case',
    (_code, policy) => {
      const verbs =
        /\b(Send|Check|Correct|Open|Use|Look|Wait|Read|See|Delete|Let|Restore|Start|Ask|Raise|Report|Run|Find|Try|Nothing has to be done)\b/;
      expect(policy.advice).toMatch(verbs);
      expect(policy.meaning).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('has a heading of its own in docs/errors.md, which says what the catalogue says', async () => {
    // Written anew by `npx vitest run test/core/errors.test.ts --update`.
    await expect(errorsPage()).toMatchFileSnapshot('../../docs/errors.md');
  });

  it('knows what it concerns, how it ends, and which settings are wrong', () => {
    expect(new AppError('PIXELS_UNSUPPORTED', 'x')).toMatchObject({ scope: 'unit', outcome: 'unsupported' });
    expect(new AppError('QUEUE_UNAVAILABLE', 'x')).toMatchObject({ scope: 'study', outcome: 'failed' });
    const settings = ['queue.offpeakFrom'];
    expect(new AppError('CONFIG_INVALID', 'x', { settings }).settings).toEqual(settings);
  });

  it('keeps its code as data when a library wants an error of its own', () => {
    const ofLibrary = Object.assign(new RangeError('STORE_FAILED: refused'), { code: 'STORE_FAILED' });
    expect(errorCodeOf(ofLibrary)).toBe('STORE_FAILED');
    expect(errorCodeOf(new AppError('ENGINE_TIMEOUT', 'x'))).toBe('ENGINE_TIMEOUT');
    // Neither a code of the system nor the text of a message is one of ours.
    expect(errorCodeOf(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toBe('INTERNAL');
    expect(errorCodeOf(Object.assign(new Error('x'), { code: 'toString' }))).toBe('INTERNAL');
    expect(errorCodeOf(new Error('STORE_FAILED: refused'))).toBe('INTERNAL');
  });

  it('becomes a problem with its own words', () => {
    expect(problemOf(new AppError('STUDY_EMPTY', 'nothing there'))).toMatchObject({
      type: 'urn:esp-medsam:error:study-empty',
      title: 'STUDY_EMPTY',
      status: 404,
      detail: 'nothing there',
    });
  });
});

describe('an error of someone else', () => {
  it('shows nothing of its message, which may hold health data', () => {
    const thrown = new TypeError('cannot read PatientName Doe^John');
    expect(JSON.stringify(problemOf(thrown))).not.toContain('Doe');
    expect(toAppError(thrown)).toMatchObject({ code: 'INTERNAL', cause: thrown });
    expect(problemOf('Doe^John').detail).toBe('Unexpected string');
  });
});
