import { api } from '../../api.js';
import { Badge } from '../../parts/badge.js';
import { ProblemNotice } from '../../parts/notice.js';
import { Moment } from '../../parts/time.js';
import { useResource } from '../../resource.js';
import type { Delivery } from '../../types/index.js';
import type { Word } from '../../words.js';
import { TableScroll } from '../../parts/table-scroll.js';

const STATES: Readonly<Record<Delivery['state'], Word>> = {
  delivered: { text: 'Delivered', tone: 'good', icon: 'check', meaning: '' },
  waiting: { text: 'Waiting', tone: 'calm', icon: 'queue', meaning: '' },
  retrying: { text: 'Retrying', tone: 'warn', icon: 'retry', meaning: 'Another try follows by itself.' },
  failed: { text: 'Failed', tone: 'bad', icon: 'cross', meaning: 'No further try.' },
};

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
      <TableScroll>
        <table class="folds tight">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Event</th>
              <th scope="col">State</th>
              <th scope="col" class="number">
                Tries
              </th>
              <th scope="col">Answer</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((delivery) => (
              <tr key={delivery.id}>
                <th scope="row">
                  <Moment at={delivery.createdAt} />
                </th>
                <td data-label="Event">{delivery.event}</td>
                <td data-label="State">
                  <Badge word={STATES[delivery.state]} />
                </td>
                <td data-label="Tries" class="number">
                  {delivery.attempts}
                </td>
                <td data-label="Answer">
                  {[delivery.status, delivery.error, delivery.milliseconds && `${delivery.milliseconds} ms`]
                    .filter(Boolean)
                    .join(', ') || '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </details>
  );
}
