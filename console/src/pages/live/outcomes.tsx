import { Channel } from '../../parts/badge.js';
import { Empty, Loading } from '../../parts/notice.js';
import type { Stats } from '../../types/index.js';
import { channels } from '../../channels.js';
import { outcomeWord } from '../../words.js';
import { TableScroll } from '../../parts/table-scroll.js';

const SHOWN = ['segmented', 'empty', 'unsupported', 'failed'] as const;

/** What came of the studies, by channel. */
export function OutcomesCard({ stats, span }: { stats: Stats | undefined; span: string }) {
  const rows = rowsOf(stats);
  return (
    <section class="card flush span-6" aria-labelledby="outcomes-title">
      <header>
        <h2 id="outcomes-title">Outcomes by channel</h2>
        <p>last {span}</p>
      </header>
      {stats === undefined && <Loading what="outcomes" />}
      {stats && rows.length === 0 && <Empty icon="circle" title="Nothing has ended yet" />}
      {rows.length > 0 && (
        <TableScroll>
          <table class="tight folds">
            <thead>
              <tr>
                <th scope="col">Channel</th>
                {SHOWN.map((outcome) => (
                  <th key={outcome} scope="col" class="number">
                    {outcomeWord(outcome).text}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ channel, counts, total }) => (
                <tr key={channel ?? ''}>
                  <th scope="row">
                    <Channel channel={channel} />
                    <span class="bar" aria-hidden="true">
                      {SHOWN.map((outcome) => {
                        const n = counts.get(outcome) ?? 0;
                        return (
                          n > 0 && (
                            <i
                              key={outcome}
                              class={outcomeWord(outcome).tone}
                              style={{ width: `${(100 * n) / total}%` }}
                            />
                          )
                        );
                      })}
                    </span>
                  </th>
                  {SHOWN.map((outcome) => (
                    <td key={outcome} class="number" data-label={outcomeWord(outcome).text}>
                      {counts.get(outcome) ?? <span class="faint">0</span>}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </section>
  );
}

function rowsOf(stats: Stats | undefined) {
  const known = channels.value.map(({ name }) => name);
  const found = stats?.outcomes.flatMap(({ channel }) => channel ?? []) ?? [];
  const order: readonly (string | null)[] = [...new Set([...known, ...found]), null];
  return order.flatMap((channel) => {
    const own = stats?.outcomes.filter((entry) => entry.channel === channel && entry.n > 0) ?? [];
    if (own.length === 0) return [];
    const counts = new Map(own.map(({ outcome, n }) => [outcome, n]));
    return [{ channel, counts, total: own.reduce((sum, { n }) => sum + n, 0) }];
  });
}
