import { api, type QueueState } from '../../api/index.js';
import { formatNumber } from '../../format.js';
import { ask } from '../../parts/dialog.js';
import { Icon } from '../../parts/icon.js';
import { Loading, Notice } from '../../parts/notice.js';
import { attempt } from '../../parts/toast.js';
import { may } from '../../session.js';

const NAMES: readonly (readonly [keyof QueueState['counts'], string])[] = [
  ['waiting', 'Waiting'],
  ['active', 'Running'],
  ['delayed', 'For later: next try, off-peak'],
  ['completed', 'Completed (kept)'],
  ['failed', 'Failed (kept)'],
];
const CLASSES = [
  ['urgent', 'Urgent'],
  ['normal', 'Normal'],
  ['offpeak', 'Off-peak'],
] as const;

/** The queue's counts, and the switch that holds it. */
export function QueueCard({ queue, reload }: { queue: QueueState | undefined; reload: () => void }) {
  return (
    <section class="card span-4 top" aria-labelledby="queue-title">
      <header>
        <h2 id="queue-title">Queue</h2>
        {queue && may('operator') && <PauseButton queue={queue} reload={reload} />}
      </header>
      {queue === undefined && <Loading what="the queue" />}
      {queue?.paused && (
        <div class="notices">
          <Notice tone="warn">
            <p>
              <strong>Paused.</strong> Studies are still taken in and wait here.
            </p>
          </Notice>
        </div>
      )}
      {queue && (
        <dl class="facts sums">
          {NAMES.map(([key, name]) => (
            <Row key={key} name={name} n={queue.counts[key]} />
          ))}
        </dl>
      )}
      {queue && (
        <>
          <h3 class="between">Waiting by class</h3>
          <dl class="facts sums">
            {CLASSES.map(([key, name]) => (
              <Row key={key} name={name} n={queue.priorities[key]} />
            ))}
          </dl>
        </>
      )}
      {queue && queue.offpeak.from !== '' && (
        <p class="small muted between">
          Off-peak studies run from {queue.offpeak.from} to {queue.offpeak.to}; now they{' '}
          {queue.offpeak.open ? 'run' : 'wait'}.
        </p>
      )}
    </section>
  );
}

function Row({ name, n }: { name: string; n: number }) {
  return (
    <>
      <dt>{name}</dt>
      <dd class="number">{formatNumber(n)}</dd>
    </>
  );
}

function PauseButton({ queue, reload }: { queue: QueueState; reload: () => void }) {
  const change = async () => {
    if (queue.paused) {
      await attempt(() => api.resumeQueue(), 'The queue goes on');
    } else {
      const sure = await ask({
        title: 'Pause the queue?',
        text: 'Running studies are finished. New ones are taken in and wait until somebody resumes the queue.',
        submit: 'Pause',
      });
      if (!sure) return;
      await attempt(() => api.pauseQueue(), 'The queue is paused');
    }
    reload();
  };
  return (
    <button type="button" class="button small" onClick={change}>
      <Icon name={queue.paused ? 'play' : 'pause'} size={14} />
      {queue.paused ? 'Resume' : 'Pause'}
    </button>
  );
}
