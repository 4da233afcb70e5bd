import { Channel } from '../../parts/badge.js';
import { Empty } from '../../parts/notice.js';
import type { Outcome, Stats } from '../../api/index.js';
import { channels } from '../../channels.js';
import { OUTCOMES } from '../../words.js';
import { type Column, DataTable } from '../../parts/data-table.js';

const SHOWN = ['segmented', 'empty', 'unsupported', 'failed'] as const;

interface Row {
  readonly channel: string | null;
  readonly counts: ReadonlyMap<Outcome, number>;
  readonly total: number;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    title: 'Channel',
    cell: ({ channel, counts, total }) => (
      <>
        <Channel channel={channel} />
        <span class="bar" aria-hidden="true">
          {SHOWN.filter((outcome) => counts.has(outcome)).map((outcome) => (
            <i
              key={outcome}
              class={OUTCOMES[outcome].tone}
              style={{ width: `${(100 * counts.get(outcome)!) / total}%` }}
            />
          ))}
        </span>
      </>
    ),
  },
  ...SHOWN.map((outcome): Column<Row> => ({
    title: OUTCOMES[outcome].text,
    number: true,
    cell: ({ counts }) => counts.get(outcome) ?? <span class="faint">0</span>,
  })),
];

/** What came of the studies, by channel. */
export function OutcomesCard({ stats, span }: { stats: Stats | undefined; span: string }) {
  return (
    <section class="card flush span-6" aria-labelledby="outcomes-title">
      <header>
        <h2 id="outcomes-title">Outcomes by channel</h2>
        <p>last {span}</p>
      </header>
      <DataTable
        what="outcomes"
        columns={COLUMNS}
        rows={stats && rowsOf(stats)}
        keyOf={({ channel }) => channel ?? ''}
        tight
        empty={<Empty icon="circle" title="Nothing has ended yet" />}
      />
    </section>
  );
}

function rowsOf({ outcomes }: Stats): Row[] {
  const known = channels.value.map(({ name }) => name);
  const found = outcomes.flatMap(({ channel }) => channel ?? []);
  const order: readonly (string | null)[] = [...new Set([...known, ...found]), null];
  return order.flatMap((channel) => {
    const own = outcomes.filter((entry) => entry.channel === channel && entry.n > 0);
    if (own.length === 0) return [];
    const counts = new Map(own.map(({ outcome, n }) => [outcome, n]));
    return [{ channel, counts, total: own.reduce((sum, { n }) => sum + n, 0) }];
  });
}
