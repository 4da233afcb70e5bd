import { api } from '../../api/index.js';
import { ask } from '../../parts/dialog.js';
import { Icon } from '../../parts/icon.js';
import { Ago } from '../../parts/time.js';
import { attempt } from '../../parts/toast.js';
import { useResource } from '../../resource.js';
import { may } from '../../session.js';

/** Backfills that go on; nothing when there are none. @param started changes when one has been started here */
export function Backfills({ started }: { started: number }) {
  const { data, reload } = useResource((signal) => api.backfills(signal), [started], { seconds: 5 });
  const running = data?.items.filter(({ state }) => state === 'running') ?? [];
  if (running.length === 0) return null;
  const stop = async (id: string) => {
    const sure = await ask({
      title: 'Stop this backfill?',
      text: 'No more of its studies are queued. What is in the queue already stays there.',
      submit: 'Stop it',
      danger: true,
    });
    if (sure && (await attempt(() => api.cancelBackfill(id), 'Stopped'))) reload();
  };
  return (
    <section class="card backfills" aria-label="Backfills that go on">
      {running.map(({ id, done, total, perMinute, priority, createdAt }) => (
        <div key={id} class="row apart">
          <span>
            <strong>
              Reprocessing {total} studies: {done} queued
            </strong>{' '}
            <span class="muted">
              {perMinute} a minute, {priority}, begun <Ago at={createdAt} />
            </span>
          </span>
          <span class="row">
            <progress value={done} max={total} aria-label={`${done} of ${total} queued`} />
            {may('operator') && (
              <button type="button" class="button small danger" onClick={() => stop(id)}>
                <Icon name="cross" size={14} />
                Stop
              </button>
            )}
          </span>
        </div>
      ))}
    </section>
  );
}
