import { useState } from 'preact/hooks';
import { api } from '../api/index.js';
import { may } from '../session.js';
import { plural } from '../words.js';
import { Notice } from './notice.js';
import { attempt } from './toast.js';
import { Uid } from './uid.js';

/** Studies of a page whose record cannot be read, so that no row can be shown for them. */
export function UnreadableNotice({
  studies,
  reload,
}: {
  studies: readonly string[] | undefined;
  reload: (() => void) | undefined;
}) {
  const [busy, setBusy] = useState('');
  if (!studies || studies.length === 0) return null;
  const runAgain = async (uid: string) => {
    setBusy(uid);
    if (await attempt(() => api.reprocess(uid, 'normal'), 'Queued again')) reload?.();
    setBusy('');
  };
  return (
    <Notice tone="warn">
      <p>
        <strong>What the ledger keeps of {plural(studies.length, 'study', 'studies')} cannot be read.</strong>{' '}
        A newer version wrote it, or half of it was restored. Reprocessing writes it anew.
      </p>
      <ul class="lines">
        {studies.map((uid) => (
          <li key={uid}>
            <Uid uid={uid} />{' '}
            {may('operator') && (
              <button
                type="button"
                class="button plain small"
                disabled={busy === uid}
                onClick={() => void runAgain(uid)}
              >
                Reprocess
              </button>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
