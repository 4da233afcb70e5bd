import type { Settings } from '../config/index.js';
import { AppError } from '../core/index.js';
import { frameCount, numberOf, TAG } from '../dicom/index.js';
import { type DisplayUnit, framesOf } from './display-unit.js';

/**
 * What one run of a study may take, so that a huge or hostile study harms no other. Frames and pixels are known from the
 * headers and are asked for before a unit begins; bytes and time are counted as they are spent.
 */
export interface Budget {
  /** Takes a unit's frames and pixels. @throws AppError `BUDGET_EXCEEDED`; then none of it is fetched */
  admit(unit: DisplayUnit): void;
  /** Counts bytes of frames that an archive gave. @throws AppError `BUDGET_EXCEEDED` */
  spendBytes(bytes: number): void;
  /** @throws AppError `BUDGET_EXCEEDED` when the run has lasted too long */
  checkTime(): void;
}

const MEGA = 1e6;

/** @param now milliseconds, of a clock that only goes forward */
export function openBudget(limits: Settings['budget'], now = () => performance.now()): Budget {
  const started = now();
  const spent = { frames: 0, megapixels: 0, megabytes: 0 };

  function spend(what: keyof typeof spent, amount: number): void {
    const total = spent[what] + amount;
    check(what, total);
    spent[what] = total;
  }

  /** @throws AppError with the figure and the setting */
  function check(what: keyof Settings['budget'], value: number): void {
    const limit = limits[what];
    if (limit === 0 || value <= limit) return;
    throw new AppError(
      'BUDGET_EXCEEDED',
      `The study takes ${Math.ceil(value)} ${what} up to here; budget.${what} allows ${limit}`,
    );
  }

  return {
    admit(unit) {
      const frames = framesOf(unit);
      const megapixels = pixelsOf(unit) / MEGA;
      // Both before either is taken: a unit that is refused leaves the whole rest to the next one.
      check('frames', spent.frames + frames);
      spend('megapixels', megapixels);
      spent.frames += frames;
    },
    spendBytes: (bytes) => spend('megabytes', bytes / MEGA),
    checkTime: () => check('seconds', (now() - started) / 1000),
  };
}

/** Pixels of a unit's frames, as its headers say. */
export const pixelsOf = ({ sources }: DisplayUnit) =>
  sources.reduce(
    (sum, source) =>
      sum + frameCount(source) * (numberOf(source, TAG.Rows) ?? 0) * (numberOf(source, TAG.Columns) ?? 0),
    0,
  );
