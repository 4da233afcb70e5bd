import { api, type Delivery } from '../../api/index.js';
import { Badge } from '../../parts/badge.js';
import { ProblemNotice } from '../../parts/notice.js';
import { Moment } from '../../parts/time.js';
import { useResource } from '../../resource.js';
import type { Word } from '../../words.js';
import { type Column, DataTable } from '../../parts/data-table.js';

const STATES: Readonly<Record<Delivery['state'], Word>> = {
  delivered: { text: 'Delivered', tone: 'good', icon: 'check', meaning: '' },
  waiting: { text: 'Waiting', tone: 'calm', icon: 'queue', meaning: '' },
  retrying: { text: 'Retrying', tone: 'warn', icon: 'retry', meaning: 'Another try follows by itself.' },
  failed: { text: 'Failed', tone: 'bad', icon: 'cross', meaning: 'No further try.' },
};

const COLUMNS: readonly Column<Delivery>[] = [
  { title: 'When', cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { title: 'Event', cell: ({ event }) => event },
  { title: 'State', cell: ({ state }) => <Badge word={STATES[state]} /> },
  { title: 'Tries', number: true, cell: ({ attempts }) => attempts },
  {
    title: 'Answer',
    cell: ({ status, error, milliseconds }) =>
      [status, error, milliseconds && `${milliseconds} ms`].filter(Boolean).join(', ') || '–',
  },
];

/** What became of the last deliveries of a webhook. @param tested a test has been sent since: show it */
export function Deliveries({ id, tested }: { id: string; tested: number }) {
  const { data, problem } = useResource((signal) => api.deliveries(id, signal), [id, tested], {
    topics: ['study', 'alert'],
    seconds: 5,
  });
  if (problem) return <ProblemNotice problem={problem} />;
  if (data === undefined) return null;
  if (data.items.length === 0)
    return <p class="muted padded">Nothing has been delivered yet. “Test” sends something now.</p>;
  return (
    <details class="inset-details" open={tested > 0}>
      <summary>Last deliveries</summary>
      <DataTable
        what="deliveries"
        columns={COLUMNS}
        rows={data.items}
        keyOf={(delivery) => delivery.id}
        tight
      />
    </details>
  );
}
