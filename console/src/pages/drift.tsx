import { useState } from 'preact/hooks';
import { api, type Device, type DriftFinding, type DriftSeries, type DriftWeek } from '../api/index.js';
import { formatNumber } from '../format.js';
import { Channel } from '../parts/badge.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Empty, ProblemNotice } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { Segments } from '../parts/segments.js';
import { useResource } from '../resource.js';
import { channelTitle } from '../channels.js';
import { DeviceChart } from './drift/device-chart.js';
import { figureOf, joined } from './drift/figures.js';
import { FindingsCard } from './drift/findings.js';
import { deviceName, formatMeasure, MEASURES } from './drift/words.js';

const SPANS = [
  { value: 12, text: '12 weeks' },
  { value: 26, text: '26 weeks' },
  { value: 52, text: '52 weeks' },
] as const;

/** A device, one of its channels or all of them together. */
interface Row {
  readonly key: string;
  readonly device: Device | null;
  /** Undefined: all of them. */
  readonly channel: string | null | undefined;
  readonly weeks: readonly DriftWeek[];
  readonly units: number;
}

/** Whether the devices still give the results that they gave. */
export function DriftPage() {
  const [weeks, setWeeks] = useState<number>(12);
  const [chosen, setChosen] = useState<string>();
  const { data, problem, reload } = useResource((signal) => api.drift(weeks, signal), [weeks], {
    seconds: 120,
  });
  const rows = data && rowsOf(data.series);
  const finding = data?.findings[0];
  const shown =
    rows?.find(({ key }) => key === chosen) ??
    rows?.find((row) => finding && isOf(row, finding)) ??
    rows?.find(({ channel }) => channel !== undefined);
  const changed = shown && data?.findings.find((one) => isOf(shown, one))?.measure;
  return (
    <>
      <PageHead
        title="Drift"
        actions={<Segments label="Time shown" options={SPANS} value={weeks} onChange={setWeeks} />}
      >
        Whether each device still gives the results that it gave: outcomes, mask quality, area, and pictures
        of no kind that the model knows. A picture counts once, in the week of its arrival.
      </PageHead>
      <div class="notices">
        <ProblemNotice problem={problem} retry={reload} />
      </div>
      <div class="column">
        <FindingsCard drift={data} />
        <DeviceChart
          drift={data}
          title={shown && titleOf(shown)}
          weeks={shown?.weeks ?? NONE}
          changed={changed}
        />
        <section class="card flush" aria-labelledby="devices-title">
          <header>
            <h2 id="devices-title">Devices and channels</h2>
            <p>the last {weeks} weeks</p>
          </header>
          <DataTable
            what="devices"
            columns={columnsOf(shown?.key, setChosen)}
            rows={rows}
            keyOf={({ key }) => key}
            empty={
              <Empty icon="inbox" title="No display unit has ended in these weeks">
                <p>Counting begins with the first study that arrives after the update.</p>
              </Empty>
            }
          />
        </section>
      </div>
    </>
  );
}

/** Whether a finding is of a row: one of all channels is also that of the only one. */
const isOf = ({ key, channel }: Row, finding: DriftFinding) =>
  key.startsWith(JSON.stringify(finding.device)) && (finding.channel === null || channel === finding.channel);

const NONE: readonly DriftWeek[] = [];

const channelText = (channel: Row['channel']) =>
  channel === undefined ? 'all channels' : channelTitle(channel);
const titleOf = ({ device, channel }: Row) => `${deviceName(device)}, ${channelText(channel)}`;

/** Every device with its channels behind it; one with several channels also as a whole. */
function rowsOf(series: readonly DriftSeries[]): Row[] {
  const devices = new Map<string, DriftSeries[]>();
  for (const one of series) {
    const key = JSON.stringify(one.device);
    devices.set(key, [...(devices.get(key) ?? []), one]);
  }
  const units = (weeks: readonly DriftWeek[]) => weeks.reduce((sum, week) => sum + week.units, 0);
  return [...devices].flatMap(([key, ofDevice]) => {
    const { device } = ofDevice[0]!;
    const all = joined(ofDevice);
    const whole = { key, device, channel: undefined, weeks: all, units: units(all) };
    const each = ofDevice.map(({ channel, weeks }) => ({
      key: `${key} ${channel}`,
      device,
      channel,
      weeks,
      units: units(weeks),
    }));
    // Pictures without a channel are among all of the device's.
    return each.length > 1 ? [whole, ...each.filter(({ channel }) => channel !== null)] : each;
  });
}

const columnsOf = (shown: string | undefined, choose: (key: string) => void): readonly Column<Row>[] => [
  {
    title: 'Device',
    class: 'device',
    cell: (row) => (
      <button
        type="button"
        class="button plain small wraps"
        aria-pressed={row.key === shown}
        aria-label={`Show ${titleOf(row)}`}
        onClick={() => choose(row.key)}
      >
        {deviceName(row.device)}
      </button>
    ),
  },
  {
    title: 'Channel',
    cell: ({ channel }) =>
      channel === undefined ? <span class="muted">all</span> : <Channel channel={channel} />,
  },
  { title: 'Units', number: true, cell: ({ units }) => formatNumber(units) },
  ...(['predictedDice', 'area', 'empty', 'unsupported', 'outOfDistribution', 'failed'] as const).map(
    (measure): Column<Row> => ({
      title: MEASURES[measure],
      number: true,
      cell: ({ weeks }) => formatMeasure(measure, figureOf(measure, weeks)),
    }),
  ),
];
