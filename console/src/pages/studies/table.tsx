import { useLocation } from 'preact-iso';
import { useRef } from 'preact/hooks';
import { formatSeconds } from '../../format.js';
import { Channels, ReviewBadge, StudyBadge } from '../../parts/badge.js';
import { Ago } from '../../parts/time.js';
import { Uid } from '../../parts/uid.js';
import type { StudySummary } from '../../api/index.js';
import { type Column, DataTable, type DataTableProps } from '../../parts/data-table.js';

const COLUMNS: readonly Column<StudySummary>[] = [
  {
    title: 'Study',
    cell: ({ studyInstanceUid: uid }) => (
      <a class="row-link" href={`/studies/${uid}`}>
        <Uid uid={uid} />
      </a>
    ),
  },
  {
    title: 'Outcome',
    cell: (study) => (
      <>
        <StudyBadge study={study} />
        {study.needsReview && <ReviewBadge />}
        {study.error && <span class="small muted why">{study.error.code}</span>}
      </>
    ),
  },
  { title: 'Channel', cell: ({ channels }) => <Channels channels={channels} /> },
  { title: 'Score', number: true, cell: ({ score }) => score?.toFixed(2) ?? '–' },
  { title: 'Frames', number: true, cell: ({ frames }) => frames },
  { title: 'Took', number: true, cell: ({ seconds }) => formatSeconds(seconds) },
  { title: 'Changed', cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
];

/** Studies, newest first. Arrow keys (or J and K) go from row to row while one of its links has the focus. */
export function StudyTable(
  props: Omit<
    DataTableProps<StudySummary>,
    'what' | 'columns' | 'keyOf' | 'caption' | 'rowProps' | 'bodyProps'
  >,
) {
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
    const inLink = (event.target as Element).closest('a') !== null;
    if (!inLink && getSelection()?.toString() === '') route(`/studies/${uid}`);
  };
  return (
    <DataTable
      {...props}
      what="studies"
      columns={COLUMNS}
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
