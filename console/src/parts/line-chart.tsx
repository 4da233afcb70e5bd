import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { colour, repaint } from '../theme.js';

export interface Line {
  readonly label: string;
  /** Custom property of its colour. */
  readonly colour: string;
  readonly dashed?: boolean;
  /** False: a line without a mark at each time. */
  readonly points?: boolean;
  /** One a time; null where nothing was measured. */
  readonly values: readonly (number | null)[];
}

/** How ticks are written: smallest step in seconds, form, and what is added when the day changes. */
const TIMES: NonNullable<uPlot.Axis['values']> = [
  [86_400, '{D} {MMM}', null, null, null, null, null, null, 1],
  [3600, '{HH}:{mm}', null, null, '\n{D} {MMM}', null, null, null, 1],
  [60, '{HH}:{mm}', null, null, '\n{D} {MMM}', null, null, null, 1],
];

function spanOf(hours: number): [number, number] {
  const now = Date.now() / 1000;
  return [now - hours * 3600, now];
}

/** As wide as the longest of its texts, with the room before them: none is cut off. */
const widthOf = (chart: uPlot, texts: readonly string[] | null): number => {
  const { ctx } = chart;
  ctx.save();
  ctx.font = `${12 * devicePixelRatio}px ${getComputedStyle(document.body).fontFamily}`;
  const widths = (texts ?? []).map((text) => ctx.measureText(text).width / devicePixelRatio);
  ctx.restore();
  return Math.ceil(Math.max(24, ...widths)) + 14;
};

/** Lines over time. Decoration for those who see it: `table` says the same to everybody. */
export function LineChart({
  times,
  hours,
  lines,
  format,
  label,
  table,
  least = 0.5,
  most = Infinity,
}: {
  /** Seconds since 1970. */
  times: readonly number[];
  /** The axis ends now and begins so many hours before. */
  hours: number;
  lines: readonly Line[];
  format: (value: number) => string;
  label: string;
  table: ComponentChildren;
  /** What the axis of values reaches at least, and at most. */
  least?: number;
  most?: number;
}) {
  const host = useRef<HTMLDivElement>(null);
  const painted = repaint.value;

  useEffect(() => {
    const element = host.current!;
    const height = 190;
    const axis = {
      stroke: colour('--ink-3'),
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
    };
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height,
        cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
        legend: { show: false },
        // Half of the last time stands right of its tick.
        padding: [8, 28, 0, 0],
        scales: {
          x: { range: () => spanOf(hours) },
          y: { range: (_chart, _low, high) => [0, Math.min(most, Math.max((high ?? 0) * 1.15, least))] },
        },
        axes: [
          { ...axis, font, grid: { show: false }, space: 70, values: TIMES },
          {
            ...axis,
            font,
            size: widthOf,
            values: (_chart, ticks) => ticks.map((tick) => (tick === 0 ? '0' : format(tick))),
          },
        ],
        series: [
          {},
          ...lines.map((line) => ({
            label: line.label,
            stroke: colour(line.colour),
            width: 2,
            spanGaps: true,
            points: { show: line.points !== false, size: 5 },
            ...(line.dashed ? { dash: [6, 4] } : {}),
          })),
        ],
      },
      [[...times], ...lines.map(({ values }) => [...values])] as uPlot.AlignedData,
      element,
    );
    const resize = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      chart.destroy();
    };
  }, [times, hours, lines, painted, least, most]);

  return (
    <figure>
      <div class="chart" ref={host} role="img" aria-label={label} />
      <figcaption class="legend">
        {lines.map((line) => (
          <span key={line.label}>
            <i class={line.dashed ? 'dashed' : undefined} style={{ borderColor: `var(${line.colour})` }} />
            {line.label}
          </span>
        ))}
      </figcaption>
      <details class="as-table">
        <summary>Show as a table</summary>
        <div class="table-wrap" tabIndex={0} role="region" aria-label={`${label}, as a table`}>
          {table}
        </div>
      </details>
    </figure>
  );
}
