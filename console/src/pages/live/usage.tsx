import { api, type UsageDay } from '../../api/index.js';
import { formatDay, formatNumber } from '../../format.js';
import { Empty } from '../../parts/notice.js';
import { useResource } from '../../resource.js';
import { OUTCOMES } from '../../words.js';
import { type Column, DataTable } from '../../parts/data-table.js';

const SHOWN = ['segmented', 'empty', 'unsupported', 'failed'] as const;
const DAYS = 7;

/** What was done on the last days. Days are those of UTC. */
export function UsageCard() {
  const { data, problem } = useResource((signal) => api.usage({ from: dayBefore(DAYS - 1) }, signal), [], {
    topics: ['study'],
    seconds: 120,
  });
  const days = data && [...data.items].reverse().filter(({ studies }) => studies > 0);
  const most = Math.max(1, ...(days ?? []).map(({ studies }) => studies));
  return (
    <section class="card flush" aria-labelledby="usage-title">
      <header>
        <h2 id="usage-title">Last {DAYS} days</h2>
        <p>runs that ended, by day (UTC)</p>
      </header>
      <DataTable
        what="the last days"
        columns={columnsOf(most)}
        rows={days}
        problem={problem}
        keyOf={({ day }) => day}
        tight
        folds={false}
        empty={<Empty icon="clock" title="Nothing has been processed in these days" />}
      />
    </section>
  );
}

/** @param most runs of a day: those of the longest bar */
const columnsOf = (most: number): readonly Column<UsageDay>[] => [
  { title: 'Day', class: 'nowrap', cell: ({ day }) => formatDay(day) },
  { title: 'Runs', number: true, cell: ({ studies }) => formatNumber(studies) },
  { title: 'Frames', number: true, cell: ({ frames }) => formatNumber(frames) },
  {
    title: 'How they ended',
    class: 'wide',
    headClass: 'wide',
    cell: (day) => {
      const ended = SHOWN.filter((outcome) => day[outcome] > 0);
      return (
        <>
          <span class="bar" aria-hidden="true" style={{ width: `${(100 * day.studies) / most}%` }}>
            {ended.map((outcome) => (
              <i
                key={outcome}
                class={OUTCOMES[outcome].tone}
                style={{ width: `${(100 * day[outcome]) / day.studies}%` }}
              />
            ))}
          </span>
          <span class="small muted">{ended.map((outcome) => `${day[outcome]} ${outcome}`).join(', ')}</span>
        </>
      );
    },
  },
];

function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
