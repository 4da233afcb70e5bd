import { describe, expect, it } from 'vitest';
import { openBudget } from '../../src/pipeline/budget.js';
import type { DisplayUnit } from '../../src/pipeline/index.js';

const NONE = { frames: 0, megapixels: 0, megabytes: 0, seconds: 0 };

const unit = (frames: number, rows = 1000, columns = 1000): DisplayUnit => ({
  sources: [
    {
      '00280008': { vr: 'IS', Value: [frames] },
      '00280010': { vr: 'US', Value: [rows] },
      '00280011': { vr: 'US', Value: [columns] },
    },
  ],
});

const exceeded = (message: RegExp) =>
  expect.objectContaining({ code: 'BUDGET_EXCEEDED', message: expect.stringMatching(message) as string });

describe('the budget of a study', () => {
  it('names the figure and the setting when a unit has too many frames, and leaves the rest to the next unit', () => {
    const budget = openBudget({ ...NONE, frames: 10 });
    budget.admit(unit(4));
    expect(() => budget.admit(unit(7))).toThrowError(exceeded(/11 frames.*budget\.frames allows 10/));
    budget.admit(unit(6));
    expect(() => budget.admit(unit(1))).toThrowError(exceeded(/11 frames/));
  });

  it('counts the pixels of all frames of all units', () => {
    const budget = openBudget({ ...NONE, megapixels: 5 });
    budget.admit(unit(4));
    expect(() => budget.admit(unit(2))).toThrowError(exceeded(/6 megapixels.*budget\.megapixels allows 5/));
    budget.admit(unit(1));
  });

  it('takes no frames of a unit that has too many pixels', () => {
    const budget = openBudget({ ...NONE, frames: 5, megapixels: 1 });
    expect(() => budget.admit(unit(5))).toThrowError(exceeded(/megapixels/));
    budget.admit(unit(5, 100, 100));
  });

  it('refuses a header that names two thousand million frames', () => {
    const budget = openBudget({ ...NONE, frames: 20_000 });
    expect(() => budget.admit(unit(2_000_000_000))).toThrowError(exceeded(/2000000000 frames/));
  });

  it('counts what the archive gives', () => {
    const budget = openBudget({ ...NONE, megabytes: 1 });
    budget.spendBytes(600_000);
    expect(() => budget.spendBytes(600_000)).toThrowError(
      exceeded(/2 megabytes.*budget\.megabytes allows 1/),
    );
  });

  it('ends with its time', () => {
    let now = 5000;
    const budget = openBudget({ ...NONE, seconds: 60 }, () => now);
    now += 60_000;
    budget.checkTime();
    now += 1;
    expect(() => budget.checkTime()).toThrowError(exceeded(/61 seconds.*budget\.seconds allows 60/));
  });

  it('of 0 is as much as one likes', () => {
    const budget = openBudget(NONE, () => 1e15);
    budget.admit(unit(1_000_000));
    budget.spendBytes(1e15);
    budget.checkTime();
  });
});
