import { api } from '../../api/index.js';
import { Notice } from '../../parts/notice.js';
import { attempt } from '../../parts/toast.js';
import { Uid } from '../../parts/uid.js';
import { may } from '../../session.js';
import { plural } from '../../words.js';

/** Studies that the archive has and that no signal has come of: why they have no result, and what to do. */
export function UnknownNotice({ studies, reload }: { studies: readonly string[]; reload: () => void }) {
  if (studies.length === 0) return null;
  return (
    <Notice tone="warn">
      <p>
        <strong>
          {plural(studies.length, 'study', 'studies')} of the archive {studies.length === 1 ? 'has' : 'have'}{' '}
          never been seen here,
        </strong>{' '}
        so that there is no result: stored before this software ran, or its signals do not arrive (the{' '}
        <a href="/doctor">doctor</a> tests the way).
      </p>
      <ul class="lines">
        {studies.map((uid) => (
          <li key={uid}>
            <Uid uid={uid} />{' '}
            {may('operator') && (
              <button
                type="button"
                class="button plain small"
                onClick={async () => {
                  if (await attempt(() => api.reprocess(uid, 'normal'), 'Queued')) reload();
                }}
              >
                Process it now
              </button>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
