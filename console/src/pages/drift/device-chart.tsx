import { useMemo, useState } from 'preact/hooks';
import type { Drift, DriftMeasure, DriftWeek } from '../../api/index.js';
import { formatDay, formatNumber } from '../../format.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { LineChart } from '../../parts/line-chart.js';
import { Empty, Loading } from '../../parts/notice.js';
import { figureOf } from './figures.js';
import { formatMeasure, MEASURES } from './words.js';

const NAMES = Object.keys(MEASURES) as DriftMeasure[];
/** What the axis reaches at least, so that a flat line is not a mountain. */
const LEAST: Readonly<Record<DriftMeasure, number>> = {
  predictedDice: 1,
  area: 0.02,
  outOfDistribution: 0.1,
  unsupported: 0.1,
  empty: 0.1,
  failed: 0.1,
};

/** One measure of a device over weeks, and what its own weeks before the last two had. */
export function DeviceChart({
  drift,
  title,
  weeks,
  changed,
}: {
  drift: Drift | undefined;
  /** Device and channel. */
  title: string | undefined;
  weeks: readonly DriftWeek[];
  /** What of it has changed; shown first. */
  changed: DriftMeasure | undefined;
}) {
  const [chosen, setMeasure] = useState<DriftMeasure>();
  const measure = chosen ?? changed ?? 'predictedDice';
  const recent = new Set(drift?.weeks.slice(-2));
  const baseline = figureOf(
    measure,
    weeks.filter(({ week }) => !recent.has(week)),
  );
  const points = useMemo(
    () => weeks.map((week) => ({ ...week, value: figureOf(measure, [week]) })),
    [weeks, measure],
  );
  const times = useMemo(() => points.map(({ week }) => Date.parse(week) / 1000), [points]);
  const lines = useMemo(
    () => [
      { label: MEASURES[measure], colour: '--series-1', values: points.map(({ value }) => value ?? null) },
      {
        label: 'Its own weeks before the last two',
        colour: '--series-2',
        dashed: true,
        points: false,
        values: points.map(() => baseline ?? null),
      },
    ],
    [points, measure, baseline],
  );
  const columns: readonly Column<(typeof points)[number]>[] = [
    { title: 'Week from', class: 'nowrap', cell: ({ week }) => formatDay(week) },
    { title: MEASURES[measure], number: true, cell: ({ value }) => formatMeasure(measure, value) },
    { title: 'Display units', number: true, cell: ({ units }) => formatNumber(units) },
  ];
  const measured = points.some(({ value }) => value !== undefined);
  return (
    <section class="card" aria-labelledby="chart-title">
      <header>
        <h2 id="chart-title">{title ?? 'Over weeks'}</h2>
        <label class="field inline">
          <span>Shown</span>
          <select value={measure} onChange={(event) => setMeasure(event.currentTarget.value as DriftMeasure)}>
            {NAMES.map((name) => (
              <option key={name} value={name}>
                {MEASURES[name]}
              </option>
            ))}
          </select>
        </label>
      </header>
      {drift === undefined && <Loading what="weeks" />}
      {drift && !measured && (
        <Empty icon="clock" title="Nothing was measured in these weeks">
          <p>Choose another figure, a longer time, or a device below.</p>
        </Empty>
      )}
      {drift && measured && (
        <LineChart
          times={times}
          hours={drift.weeks.length * 7 * 24}
          lines={lines}
          least={LEAST[measure]}
          most={1}
          format={(value) => formatMeasure(measure, value)}
          label={`${MEASURES[measure]} by week: ${title}`}
          table={
            <DataTable
              what="weeks"
              columns={columns}
              rows={points}
              keyOf={({ week }) => week}
              tight
              folds={false}
            />
          }
        />
      )}
    </section>
  );
}
