import { useMemo } from 'preact/hooks';
import { formatSeconds, formatTime } from '../../format.js';
import { LineChart } from '../../parts/line-chart.js';
import { Empty, Loading } from '../../parts/notice.js';
import type { LatencyOfHour, Stats } from '../../api/index.js';
import { type Column, DataTable } from '../../parts/data-table.js';

const COLUMNS: readonly Column<LatencyOfHour>[] = [
  { title: 'Time', cell: ({ at }) => formatTime(at) },
  { title: 'Studies', number: true, cell: ({ n }) => n },
  { title: 'Median', number: true, cell: ({ p50 }) => formatSeconds(p50) },
  { title: '95 of 100', number: true, cell: ({ p95 }) => formatSeconds(p95) },
  { title: 'Waiting, median', number: true, cell: ({ waiting }) => formatSeconds(waiting.p50) },
  { title: 'Work, median', number: true, cell: ({ work }) => formatSeconds(work.p50) },
];

/** How long studies took, over time. */
export function LatencyCard({
  stats,
  hours,
  span,
}: {
  stats: Stats | undefined;
  hours: number;
  span: string;
}) {
  const points = useMemo(() => stats?.series.filter(({ n }) => n > 0) ?? [], [stats]);
  const times = useMemo(() => points.map(({ at }) => Date.parse(at) / 1000), [points]);
  const lines = useMemo(
    () => [
      { label: 'Median', colour: '--series-1', values: points.map(({ p50 }) => p50 ?? null) },
      {
        label: '95 of 100 were faster',
        colour: '--series-2',
        dashed: true,
        values: points.map(({ p95 }) => p95 ?? null),
      },
      {
        label: 'Work alone, median',
        colour: '--series-3',
        values: points.map(({ work }) => work.p50 ?? null),
      },
    ],
    [points],
  );
  return (
    <section class="card span-6" aria-labelledby="latency-title">
      <header>
        <h2 id="latency-title">Arrival to result</h2>
        <p>last {span}</p>
      </header>
      {stats === undefined && <Loading what="times" />}
      {stats && points.length === 0 && (
        <Empty icon="clock" title="No study ended in this time">
          <p>Choose a longer time above, or send a study.</p>
        </Empty>
      )}
      {points.length > 0 && (
        <LineChart
          times={times}
          hours={hours}
          lines={lines}
          format={formatSeconds}
          label={`Seconds from arrival to result over the last ${span}`}
          table={
            <DataTable
              what="times"
              columns={COLUMNS}
              rows={points}
              keyOf={({ at }) => at}
              tight
              folds={false}
            />
          }
        />
      )}
    </section>
  );
}
