import { Channel, OutcomeBadge, ReviewBadge } from '../../parts/badge.js';
import { CopyButton, Uid } from '../../parts/uid.js';
import type { StudyUnit } from '../../api/index.js';
import { type Column, DataTable } from '../../parts/data-table.js';

const COLUMNS: readonly Column<StudyUnit>[] = [
  { title: 'Source series', cell: ({ sourceSeriesUid }) => <Uid uid={sourceSeriesUid} /> },
  {
    title: 'Outcome',
    cell: ({ outcome, quality }) => (
      <>
        <OutcomeBadge outcome={outcome} />
        {quality?.review && <ReviewBadge />}
      </>
    ),
  },
  { title: 'Channel', cell: ({ channel }) => <Channel channel={channel} /> },
  { title: 'Modality score', number: true, cell: ({ score }) => score?.toFixed(2) ?? '–' },
  { title: 'Predicted Dice', number: true, cell: (unit) => <Predicted unit={unit} /> },
  {
    title: 'Frames found / all',
    number: true,
    cell: ({ frames }) => (frames ? `${frames.positive} / ${frames.total}` : '–'),
  },
  { title: 'SEG', cell: (unit) => <Stored uid={unit.segInstanceUid} what="SOPInstanceUID of the SEG" /> },
  {
    title: 'Report',
    cell: (unit) => <Stored uid={unit.srInstanceUid} what="SOPInstanceUID of the report" />,
  },
];

/** What every display unit led to, superseded results included. */
export function Results({ units }: { units: readonly StudyUnit[] }) {
  if (units.length === 0) return null;
  return (
    <section class="card flush span-12" aria-labelledby="results-title">
      <header>
        <h2 id="results-title">Results</h2>
        <p>one line for each display unit: a multi-frame image, or images shown together</p>
      </header>
      <DataTable what="results" columns={COLUMNS} rows={units} keyOf={(_, index) => index} tight />
    </section>
  );
}

/** How well the mask can be expected to fit; of an empty result nothing is said here, the badge tells. */
function Predicted({ unit: { outcome, quality } }: { unit: StudyUnit }) {
  if (!quality || outcome !== 'segmented') return <>–</>;
  const { predicted, lower } = quality;
  const meaning = `In nine of ten cases at least ${lower.toFixed(2)}`;
  return <span title={meaning}>{predicted.toFixed(2)}</span>;
}

function Stored({ uid, what }: { uid: string | null | undefined; what: string }) {
  if (!uid) return <span class="faint">none</span>;
  return (
    <span class="row">
      <Uid uid={uid} />
      <CopyButton text={uid} what={what} />
    </span>
  );
}
