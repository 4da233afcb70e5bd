import type { Drift, DriftFinding } from '../../api/index.js';
import { formatNumber, formatPercent } from '../../format.js';
import { Channel } from '../../parts/badge.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Empty } from '../../parts/notice.js';
import { deviceName, formatMeasure, MEASURES } from './words.js';

const COLUMNS: readonly Column<DriftFinding>[] = [
  { title: 'Device', class: 'device', cell: ({ device }) => deviceName(device) },
  {
    title: 'Channel',
    cell: ({ channel }) =>
      channel === null ? <span class="muted">all</span> : <Channel channel={channel} />,
  },
  { title: 'What', cell: ({ measure }) => MEASURES[measure] },
  { title: 'Weeks before', number: true, cell: ({ measure, before }) => formatMeasure(measure, before) },
  {
    title: 'Last two weeks',
    number: true,
    cell: ({ measure, now }) => <strong>{formatMeasure(measure, now)}</strong>,
  },
  { title: 'Units', number: true, cell: ({ units }) => formatNumber(units) },
];

/** Devices whose results are no longer what they were. */
export function FindingsCard({ drift }: { drift: Drift | undefined }) {
  return (
    <section class="card flush" aria-labelledby="findings-title">
      <header>
        <h2 id="findings-title">What has changed</h2>
        {drift && <p>{ruleText(drift.rule)}</p>}
      </header>
      <DataTable
        what="what has changed"
        columns={COLUMNS}
        rows={drift?.findings}
        keyOf={(_, index) => index}
        empty={
          <Empty icon="check" title="No device gives other results than before">
            <p>Each is compared with its own weeks before, once both have enough display units.</p>
          </Empty>
        }
      />
    </section>
  );
}

function ruleText({ minimum, baselineWeeks, share, dice, area }: Drift['rule']): string {
  if (minimum === 0) return 'the rule is off (alerts.driftMinimum)';
  const points = Math.round(share * 100);
  return `last two weeks against the ${baselineWeeks} before: ${points} points of a share, ${dice} of Dice, ${formatPercent(area)} of the area; from ${minimum} units`;
}
