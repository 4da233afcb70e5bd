import { useLocation } from 'preact-iso';
import { useRef } from 'preact/hooks';
import { formatSeconds } from '../../format.js';
import { Channels, ReviewBadge, StudyBadge } from '../../parts/badge.js';
import { Ago } from '../../parts/time.js';
import { Uid } from '../../parts/uid.js';
import type { StudyDescription, StudySummary } from '../../api/index.js';
import { type Column, DataTable, type DataTableProps } from '../../parts/data-table.js';

/** Studies that are chosen for an action. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  change(chosen: ReadonlySet<string>): void;
}

/** What the archive says of the studies of the page. */
export interface Described {
  readonly known: ReadonlyMap<string, StudyDescription>;
  readonly loading: boolean;
}

const columnsOf = (
  described: Described,
  selection: Selection | undefined,
): readonly Column<StudySummary>[] => [
  {
    title: 'Study',
    class: 'which',
    cell: ({ studyInstanceUid: uid }) => (
      <span class="choose">
        {selection && <Choice uid={uid} selection={selection} />}
        <a class="row-link" href={`/studies/${uid}`}>
          <Which description={described.known.get(uid)} loading={described.loading} />
          <Uid uid={uid} />
        </a>
      </span>
    ),
  },
  {
    title: 'Outcome',
    cell: (study) => (
      <>
        <StudyBadge study={study} />
        {study.needsReview && <ReviewBadge />}
      </>
    ),
  },
  {
    title: 'Reason',
    class: 'reason',
    cell: ({ reason, error }) =>
      reason ? (
        <span title={error?.advice}>
          {reason}
          {error && <span class="small faint"> {error.code}</span>}
        </span>
      ) : (
        ''
      ),
  },
  { title: 'Channel', cell: ({ channels }) => <Channels channels={channels} /> },
  { title: 'Modality score', number: true, cell: ({ score }) => score?.toFixed(2) ?? '–' },
  { title: 'Predicted Dice', number: true, cell: ({ predictedDice }) => predictedDice?.toFixed(2) ?? '–' },
  {
    title: 'Waited + work',
    number: true,
    cell: (study) =>
      waited(study) === undefined
        ? '–'
        : `${formatSeconds(waited(study))} + ${formatSeconds(study.workSeconds)}`,
  },
  { title: 'Changed', cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
];

/** Seconds from arrival to result in which nobody worked on it. */
export const waited = ({ seconds, workSeconds }: Pick<StudySummary, 'seconds' | 'workSeconds'>) =>
  seconds === undefined || workSeconds === undefined ? undefined : Math.max(0, seconds - workSeconds);

function Which({ description, loading }: { description: StudyDescription | undefined; loading: boolean }) {
  if (loading) return <span class="skeleton" aria-hidden="true" />;
  if (!description) return null;
  const { modalities, studyDate, description: text, station, accessionNumber, patientId } = description;
  return (
    <span class="which-text">
      <strong>{text ?? 'No description'}</strong>
      <span class="small muted">{joined(modalities.join(', '), studyDate, station)}</span>
      <span class="small muted">
        {joined(accessionNumber && `acc. ${accessionNumber}`, patientId && `patient ${patientId}`)}
      </span>
    </span>
  );
}

const joined = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' · ');

function Choice({ uid, selection: { chosen, change } }: { uid: string; selection: Selection }) {
  return (
    <input
      type="checkbox"
      aria-label={`Choose study ${uid}`}
      checked={chosen.has(uid)}
      onClick={(event) => event.stopPropagation()}
      onChange={(event) => {
        const next = new Set(chosen);
        if (event.currentTarget.checked) next.add(uid);
        else next.delete(uid);
        change(next);
      }}
    />
  );
}

/** Studies, newest first. Arrow keys (or J and K) go from row to row while one of its links has the focus. */
export function StudyTable({
  described,
  selection,
  ...props
}: Omit<DataTableProps<StudySummary>, 'what' | 'columns' | 'keyOf' | 'caption' | 'rowProps' | 'bodyProps'> & {
  described: Described;
  selection?: Selection | undefined;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { route } = useLocation();
  const step = (event: KeyboardEvent) => {
    const links = [...body.current!.querySelectorAll<HTMLElement>('tr a.row-link')];
    const here = links.findIndex((link) => link === document.activeElement);
    const target = targetOf(event.key, here, links.length);
    if (here < 0 || target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    links[target]?.focus();
  };
  // A click anywhere in the row opens it; the link is for the keyboard and for new tabs.
  const open = (event: Event, uid: string) => {
    const isUsed = (event.target as Element).closest('a, input, label') !== null;
    if (!isUsed && getSelection()?.toString() === '') route(`/studies/${uid}`);
  };
  return (
    <DataTable
      {...props}
      what="studies"
      columns={columnsOf(described, selection)}
      keyOf={({ studyInstanceUid }) => studyInstanceUid}
      caption="Studies, last changed first. Up and down arrow keys move between the links."
      rowProps={({ studyInstanceUid: uid }) => ({ class: 'opens', onClick: (event) => open(event, uid) })}
      bodyProps={{ ref: body, onKeyDown: step }}
    />
  );
}

function targetOf(key: string, here: number, count: number): number | undefined {
  if (key === 'ArrowDown' || key === 'j') return Math.min(here + 1, count - 1);
  if (key === 'ArrowUp' || key === 'k') return Math.max(here - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}
