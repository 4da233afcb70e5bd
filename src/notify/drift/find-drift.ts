import type { Settings } from '../../config/index.js';
import { groupBy } from '../../core/index.js';
import { addUp, type DriftFinding, type DriftRow, type DriftSums } from '../../store/index.js';

/** Weeks that are judged: the one under way and the one before. */
export const RECENT_WEEKS = 2;
/** A difference below so many standard errors may be chance. */
const MIN_STANDARD_ERRORS = 3;

export type DriftSettings = Pick<
  Settings['alerts'],
  'driftMinimum' | 'driftBaselineWeeks' | 'driftShare' | 'driftDice' | 'driftArea'
>;

/** A mean 0–1 with its spread. */
interface Mean {
  readonly n: number;
  readonly value: number;
  readonly variance: number;
}

/** How something is read from sums, and when a difference is one to tell. */
interface Measure {
  readonly name: DriftFinding['measure'];
  read(sums: DriftSums): Mean;
  matters(before: number, now: number, settings: DriftSettings): boolean;
}

const share = (
  name: DriftFinding['measure'],
  read: (sums: DriftSums) => [part: number, of: number],
): Measure => ({
  name,
  read(sums) {
    const [part, n] = read(sums);
    const value = n === 0 ? 0 : part / n;
    return { n, value, variance: value * (1 - value) };
  },
  matters: (before, now, { driftShare }) => now - before >= driftShare,
});

const mean = (n: number, sum: number, squares: number): Mean => {
  const value = n === 0 ? 0 : sum / n;
  return { n, value, variance: n === 0 ? 0 : Math.max(0, squares / n - value ** 2) };
};

/** Of a device, all its channels together: a picture that is not recognised has none. */
const OF_DEVICE: readonly Measure[] = [
  share('failed', ({ failed, units }) => [failed, units]),
  share('unsupported', ({ unsupported, units }) => [unsupported, units]),
  share('outOfDistribution', ({ outOfDistribution, classified }) => [outOfDistribution, classified]),
];

/** Of a channel of a device. */
const OF_CHANNEL: readonly Measure[] = [
  share('empty', ({ empty, segmented }) => [empty, empty + segmented]),
  {
    name: 'predictedDice',
    read: ({ qualities, quality, qualitySquares }) => mean(qualities, quality, qualitySquares),
    matters: (before, now, { driftDice }) => before - now >= driftDice,
  },
  {
    name: 'area',
    read: ({ areas, area, areaSquares }) => mean(areas, area, areaSquares),
    // A share of the share: 5 % of a picture may be much for one kind of finding and little for another.
    matters: (before, now, { driftArea }) => before > 0 && Math.abs(now / before - 1) >= driftArea,
  },
];

/**
 * Compares the last two weeks of every device with its own weeks before. It is told where the difference is large enough to
 * matter (`alerts.drift…`), rests on enough display units on both sides (`driftMinimum`), and is three standard errors or more:
 * two shares or means with their own spread (Welch 1947). Failed, unsupported, out-of-distribution and empty units are told when
 * they become more, the predicted Dice when it falls, the area in both directions.
 * @param rows of the last `RECENT_WEEKS + driftBaselineWeeks` weeks
 * @param recent the weeks to be judged
 */
export function findDrift(
  rows: readonly DriftRow[],
  recent: ReadonlySet<string>,
  settings: DriftSettings,
): DriftFinding[] {
  if (settings.driftMinimum === 0) return [];
  return [...groupBy(rows, ({ device }) => JSON.stringify(device))].flatMap(([, ofDevice]) => [
    ...judge(ofDevice, OF_DEVICE, recent, settings),
    ...[...groupBy(ofDevice, ({ channel }) => channel ?? '')].flatMap(([channel, ofChannel]) =>
      channel === ''
        ? []
        : judge(ofChannel, OF_CHANNEL, recent, settings).map((found) => ({ ...found, channel })),
    ),
  ]);
}

function judge(
  rows: readonly DriftRow[],
  measures: readonly Measure[],
  recent: ReadonlySet<string>,
  settings: DriftSettings,
): DriftFinding[] {
  const sums = {
    before: addUp(rows.filter(({ week }) => !recent.has(week))),
    now: addUp(rows.filter(({ week }) => recent.has(week))),
  };
  const device = rows[0]?.device;
  return measures.flatMap(({ name, read, matters }) => {
    const [before, now] = [read(sums.before), read(sums.now)];
    if (Math.min(before.n, now.n) < settings.driftMinimum) return [];
    if (!matters(before.value, now.value, settings)) return [];
    const error = Math.sqrt(before.variance / before.n + now.variance / now.n);
    if (Math.abs(now.value - before.value) < MIN_STANDARD_ERRORS * error) return [];
    return [{ ...(device && { device }), measure: name, before: before.value, now: now.value, units: now.n }];
  });
}
