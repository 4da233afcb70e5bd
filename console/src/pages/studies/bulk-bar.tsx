import { useState } from 'preact/hooks';
import { api, asProblem } from '../../api/index.js';
import { Icon } from '../../parts/icon.js';
import { say } from '../../parts/toast.js';
import { plural } from '../../words.js';
import type { Selection } from './table.js';

/** Acts on the chosen studies, one after another; says how many it was and why one could not be. */
export function BulkBar({
  selection: { chosen, change },
  page,
  onDone,
}: {
  selection: Selection;
  /** Studies of this page. */
  page: readonly string[];
  onDone: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const run = async (done: string, act: (uid: string) => Promise<unknown>) => {
    setBusy(true);
    const failed = new Map<string, string>();
    for (const uid of chosen) {
      await act(uid).catch((error: unknown) => failed.set(uid, asProblem(error).detail));
    }
    const good = chosen.size - failed.size;
    const [why] = failed.values();
    const text = `${plural(good, 'study', 'studies')} ${done}`;
    if (failed.size === 0) say('good', text);
    else say('warn', `${text}, ${failed.size} not`, why);
    change(new Set(failed.keys()));
    setBusy(false);
    onDone();
  };
  const isAll = page.length > 0 && page.every((uid) => chosen.has(uid));
  return (
    <div class="row bulk" role="group" aria-label="Chosen studies">
      <label class="check">
        <input
          type="checkbox"
          checked={isAll}
          disabled={page.length === 0}
          onChange={() => change(isAll ? new Set() : new Set([...chosen, ...page]))}
        />
        All of this page
      </label>
      <span class="muted" aria-live="polite">
        {chosen.size === 0 ? 'none chosen' : `${chosen.size} chosen`}
      </span>
      <button
        type="button"
        class="button small"
        disabled={busy || chosen.size === 0}
        onClick={() => run('queued again', (uid) => api.reprocess(uid, 'normal'))}
      >
        <Icon name="retry" size={14} />
        Reprocess
      </button>
      <button
        type="button"
        class="button small"
        disabled={busy || chosen.size === 0}
        onClick={() => run('taken out of the queue', (uid) => api.cancel(uid))}
      >
        <Icon name="slash" size={14} />
        Take out of the queue
      </button>
    </div>
  );
}
