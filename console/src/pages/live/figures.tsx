import type { ComponentChildren } from 'preact';
import { formatNumber, formatSeconds } from '../../format.js';
import type { QueueState, Stats, Worker } from '../../api/index.js';
import { plural } from '../../words.js';

/** The numbers one looks at first. */
export function Figures({
  stats,
  queue,
  workers,
  span,
}: {
  stats: Stats | undefined;
  queue: QueueState | undefined;
  workers: readonly Worker[] | undefined;
  span: string;
}) {
  const waiting = queue ? queue.counts.waiting + queue.counts.delayed : 0;
  const alive = workers?.filter((worker) => worker.alive) ?? [];
  const busy = alive.reduce((sum, { current }) => sum + current.length, 0);
  const slots = alive.reduce((sum, worker) => sum + worker.slots, 0);
  const done = stats?.outcomes.reduce((sum, { n }) => sum + n, 0) ?? 0;
  const failed =
    stats?.outcomes.filter(({ outcome }) => outcome === 'failed').reduce((sum, { n }) => sum + n, 0) ?? 0;
  return (
    <dl class="figures" aria-live="polite" aria-atomic="false">
      <Figure
        title="Arrival to result, median"
        note={stats ? `${plural(stats.latency.n, 'study', 'studies')} in ${span}` : ' '}
      >
        {formatSeconds(stats?.latency.p50)}
      </Figure>
      <Figure title="Arrival to result, 95 of 100" note="the slow ones">
        {formatSeconds(stats?.latency.p95)}
      </Figure>
      <Figure
        title="Studies ended"
        note={failed > 0 ? <a href="/quarantine">{plural(failed, 'failure')}</a> : 'no failure'}
      >
        {formatNumber(done)}
      </Figure>
      <Figure
        title="Waiting"
        note={queue?.paused ? 'the queue is paused' : `${queue?.counts.active ?? 0} running`}
      >
        {queue ? formatNumber(waiting) : '–'}
      </Figure>
      <Figure
        title="Workers alive"
        note={alive.length === 0 ? 'nothing is processed' : `${busy} of ${plural(slots, 'slot')} busy`}
      >
        {workers ? formatNumber(alive.length) : '–'}
      </Figure>
    </dl>
  );
}

function Figure({
  title,
  note,
  children,
}: {
  title: string;
  note: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <div class="figure">
      <dt>{title}</dt>
      <dd>{children}</dd>
      <dd>{note}</dd>
    </div>
  );
}
