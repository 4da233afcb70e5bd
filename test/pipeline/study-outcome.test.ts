import { describe, expect, it } from 'vitest';
import type { UnitResult } from '../../src/core/index.js';
import { studyOutcome } from '../../src/pipeline/study-outcome.js';

const units = (...outcomes: UnitResult['outcome'][]): UnitResult[] =>
  outcomes.map((outcome) => ({ outcome, reasons: [], sourceSeriesUid: '1', sourceInstanceUids: ['1.1'] }));

describe('the outcome of a study', () => {
  it.each([
    [units('segmented', 'failed'), 'failed'],
    [units('segmented', 'empty', 'unsupported'), 'segmented'],
    [units('empty', 'unsupported'), 'empty'],
    [units('unsupported'), 'unsupported'],
    [[], 'unsupported'],
  ])('%#: a failure is never hidden, a result counts more than nothing found', (given, expected) => {
    expect(studyOutcome(given)).toBe(expected);
  });
});
