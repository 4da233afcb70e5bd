import type { DriftMeasure, DriftSeries, DriftWeek } from '../../api/index.js';

type Week = DriftWeek;

/** The share or mean of a measure in some weeks; undefined where nothing was measured. */
export function figureOf(measure: DriftMeasure, weeks: readonly Week[]): number | undefined {
  const sum = (read: (week: Week) => number) => weeks.reduce((total, week) => total + read(week), 0);
  const share = (part: number, of: number) => (of > 0 ? part / of : undefined);
  switch (measure) {
    case 'outOfDistribution':
      return share(
        sum((week) => week.outOfDistribution),
        sum((week) => week.classified),
      );
    case 'empty':
      return share(
        sum((week) => week.empty),
        sum((week) => week.empty + week.segmented),
      );
    case 'failed':
    case 'unsupported':
      return share(
        sum((week) => week[measure]),
        sum((week) => week.units),
      );
    case 'predictedDice':
    case 'area': {
      const measured = weeks.filter((week) => week[measure] !== undefined);
      // A mean of means by how many were segmented: only these have one.
      const of = measured.reduce((total, week) => total + week.segmented, 0);
      return share(
        measured.reduce((total, week) => total + week[measure]! * week.segmented, 0),
        of,
      );
    }
  }
}

/** The same device with all its channels together, week by week. */
export function joined(series: readonly DriftSeries[]): Week[] {
  const byWeek = new Map<string, Week[]>();
  for (const { weeks } of series) {
    for (const week of weeks) byWeek.set(week.week, [...(byWeek.get(week.week) ?? []), week]);
  }
  return [...byWeek]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, weeks]) => {
      const sum = (key: CountKey) => weeks.reduce((total, week) => total + week[key], 0);
      const counts = Object.fromEntries(COUNTS.map((key) => [key, sum(key)])) as Record<CountKey, number>;
      const [predictedDice, area] = [figureOf('predictedDice', weeks), figureOf('area', weeks)];
      return {
        week: name,
        ...counts,
        ...(predictedDice !== undefined && { predictedDice }),
        ...(area !== undefined && { area }),
      };
    });
}

const COUNTS = [
  'units',
  'segmented',
  'empty',
  'unsupported',
  'failed',
  'needsReview',
  'classified',
  'outOfDistribution',
] as const;
type CountKey = (typeof COUNTS)[number];
