import { api } from '../../api.js';
import { formatDay, formatNumber } from '../../format.js';
import { Empty } from '../../parts/notice.js';
import { useResource } from '../../resource.js';
import { outcomeWord } from '../../words.js';
import { TableScroll } from '../../parts/table-scroll.js';

const SHOWN = ['segmented', 'empty', 'unsupported', 'failed'] as const;
const DAYS = 7;

/** What was done on the last days. Days are those of UTC. */
export function UsageCard() {
  const { data } = useResource((signal) => api.usage({ from: dayBefore(DAYS - 1) }, signal), [], {
    topics: ['study'],
    seconds: 120,
  });
  const days = [...(data?.items ?? [])].reverse().filter(({ studies }) => studies > 0);
  const most = Math.max(1, ...days.map(({ studies }) => studies));
  return (
    <section class="card flush" aria-labelledby="usage-title">
      <header>
        <h2 id="usage-title">Last {DAYS} days</h2>
        <p>runs that ended, by day (UTC)</p>
      </header>
      {days.length === 0 ? (
        <Empty icon="clock" title="Nothing has been processed in these days" />
      ) : (
        <TableScroll>
          <table class="tight">
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col" class="number">
                  Runs
                </th>
                <th scope="col" class="number">
                  Frames
                </th>
                <th scope="col" class="wide">
                  How they ended
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <tr key={day.day}>
                  <th scope="row" class="nowrap">
                    {formatDay(day.day)}
                  </th>
                  <td class="number">{formatNumber(day.studies)}</td>
                  <td class="number">{formatNumber(day.frames)}</td>
                  <td class="wide">
                    <span class="bar" aria-hidden="true" style={{ width: `${(100 * day.studies) / most}%` }}>
                      {SHOWN.map(
                        (outcome) =>
                          day[outcome] > 0 && (
                            <i
                              key={outcome}
                              class={outcomeWord(outcome).tone}
                              style={{ width: `${(100 * day[outcome]) / day.studies}%` }}
                            />
                          ),
                      )}
                    </span>
                    <span class="small muted">
                      {SHOWN.filter((outcome) => day[outcome] > 0)
                        .map((outcome) => `${day[outcome]} ${outcome}`)
                        .join(', ')}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </section>
  );
}

function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
