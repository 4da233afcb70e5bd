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
  const waiting = queue && queue.counts.waiting + queue.counts.delayed;
  const alive = workers?.filter((worker) => worker.alive) ?? [];
  const busy = alive.reduce((sum, { current }) => sum + current.length, 0);
  const slots = alive.reduce((sum, worker) => sum + worker.slots, 0);
  const done = stats?.outcomes.reduce((sum, { n }) => sum + n, 0);
  const failed =
    stats?.outcomes.filter(({ outcome }) => outcome === 'failed').reduce((sum, { n }) => sum + n, 0) ?? 0;
  return (
    <dl class="figures" aria-live="polite" aria-atomic="false">
      <Figure
        title="Arrival to result, median"
        note={
          stats &&
          splitText(stats.latency, 'p50', `${plural(stats.latency.n, 'study', 'studies')} in ${span}`)
        }
      >
        {stats && formatSeconds(stats.latency.p50)}
      </Figure>
      <Figure
        title="Arrival to result, 95 of 100"
        note={stats && splitText(stats.latency, 'p95', 'the slow ones')}
      >
        {stats && formatSeconds(stats.latency.p95)}
      </Figure>
      <Figure
        title="Studies ended"
        note={stats && (failed > 0 ? <a href="/quarantine">{plural(failed, 'failure')}</a> : 'no failure')}
      >
        {done !== undefined && formatNumber(done)}
      </Figure>
      <Figure
        title="Waiting"
        note={queue && (queue.paused ? 'the queue is paused' : `${queue.counts.active} running`)}
      >
        {waiting !== undefined && formatNumber(waiting)}
      </Figure>
      <Figure
        title="Workers alive"
        note={
          workers &&
          (alive.length === 0 ? 'nothing is processed' : `${busy} of ${plural(slots, 'slot')} busy`)
        }
      >
        {workers && formatNumber(alive.length)}
      </Figure>
    </dl>
  );
}

/** How the time parts into waiting and work: medians of each, which need not add up. */
function splitText({ waiting, work }: Stats['latency'], at: 'p50' | 'p95', otherwise: string) {
  if (waiting[at] === undefined || work[at] === undefined) return otherwise;
  return (
    <>
      waiting {formatSeconds(waiting[at])}, work {formatSeconds(work[at])}
      <br />
      {otherwise}
    </>
  );
}

/** A number with its title; before its data are there a grey bar stands for it, never a zero. */
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
      {note !== undefined ? (
        <>
          <dd>{children}</dd>
          <dd>{note}</dd>
        </>
      ) : (
        <>
          <dd>
            <span class="skeleton" aria-hidden="true" />
            <span class="hidden">not known yet</span>
          </dd>
          <dd>&nbsp;</dd>
        </>
      )}
    </div>
  );
}
