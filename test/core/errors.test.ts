import { describe, expect, it } from 'vitest';
import { AppError, ERRORS, problemOf, toAppError } from '../../src/core/index.js';

describe('an error of the catalogue', () => {
  it.each(Object.entries(ERRORS))('%s tells the operator what to do', (_code, { advice, status }) => {
    expect(advice.length).toBeGreaterThan(10);
    expect(status).toBeGreaterThanOrEqual(400);
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
