import { describe, expect, it } from 'vitest';
import { integralOf, probabilityOf } from '../../src/model/network/probability.js';

const logits = Array.from({ length: 100_001 }, (_, i) => (i - 50_000) / 1993);

describe('the probability of a logit', () => {
  it('is the logistic function within 5e-11, wherever it is asked', () => {
    const errors = logits.map((logit) => Math.abs(probabilityOf(logit) - 1 / (1 + Math.exp(-logit))));
    expect(errors.reduce((most, error) => Math.max(most, error), 0)).toBeLessThan(5e-11);
  });

  it('never falls as the logit rises, and ends at 0 and 1', () => {
    const values = logits.map(probabilityOf);
    expect(values.filter((value, i) => value < (values[i - 1] ?? 0))).toEqual([]);
    expect([-Infinity, 0, Infinity].map(probabilityOf)).toEqual([0, 0.5, 1]);
  });
});

describe('the integral of the probability', () => {
  it('is ln(1 + e^logit) within 5e-11', () => {
    const exact = (logit: number) => Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    const errors = logits.map((logit) => Math.abs(integralOf(logit) - exact(logit)));
    expect(errors.reduce((most, error) => Math.max(most, error), 0)).toBeLessThan(5e-11);
  });
});
