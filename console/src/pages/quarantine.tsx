import { api } from '../api.js';
import { ask } from '../parts/dialog.js';
import { Icon } from '../parts/icon.js';
import { Empty, Loading, ProblemNotice } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { Pager, usePaging } from '../parts/pager.js';
import { Ago } from '../parts/time.js';
import { attempt } from '../parts/toast.js';
import { Uid } from '../parts/uid.js';
import { UnreadableNotice } from '../parts/unreadable.js';
import { useResource } from '../resource.js';
import { may } from '../session.js';
import type { QuarantinedStudy } from '../types/index.js';
import { plural } from '../words.js';
import { TableScroll } from '../parts/table-scroll.js';

const PAGE = 25;

/** Studies that failed for good and wait for a decision. */
export function QuarantinePage() {
  const paging = usePaging('');
  const { data, problem, reload } = useResource(
    (signal) => api.quarantine({ limit: PAGE, cursor: paging.cursor }, signal),
    [paging.cursor],
    { topics: ['study'], seconds: 30 },
  );
  const total = data?.total ?? data?.items.length ?? 0;
  const replayAll = async () => {
    const sure = await ask({
      title: `Replay ${plural(total, 'study', 'studies')}?`,
      text: 'All failed studies are queued again. Do this when the cause is mended; otherwise they come back.',
      submit: 'Replay all',
    });
    if (sure && (await attempt(() => api.replayAll(), 'All are queued again'))) reload();
  };
  return (
    <>
      <PageHead
        title="Quarantine"
        actions={
          may('operator') &&
          total > 0 && (
            <button type="button" class="button" onClick={replayAll}>
              <Icon name="retry" />
              Replay all
            </button>
          )
        }
      >
        Studies that failed for good. Mend the cause, then replay them; or discard them.
      </PageHead>
      <div class="notices">
        <ProblemNotice problem={problem} retry={reload} />
        <UnreadableNotice studies={data?.unreadable} reload={reload} />
      </div>
      <section class="card flush" aria-label="Failed studies">
        {data === undefined && !problem && <Loading what="failed studies" />}
        {data?.items.length === 0 && data.unreadable.length === 0 && paging.page === 0 && (
          <Empty icon="check" title="Nothing is in quarantine">
            <p>
              A study comes here when all its tries have failed. Then its error and what to do about it are
              shown.
            </p>
          </Empty>
        )}
        {data && data.items.length > 0 && <FailedTable studies={data.items} reload={reload} />}
        {data && (
          <Pager
            paging={paging}
            next={data.next}
            total={data.total}
            shown={data.items.length + data.unreadable.length}
            size={PAGE}
            what="failed studies"
          />
        )}
      </section>
    </>
  );
}

function FailedTable({ studies, reload }: { studies: readonly QuarantinedStudy[]; reload: () => void }) {
  const replay = async (uid: string) => {
    if (await attempt(() => api.replay(uid), 'Queued again')) reload();
  };
  const discard = async (uid: string) => {
    const sure = await ask({
      title: 'Discard this study?',
      text: 'It leaves the quarantine and stays without a result. Its images stay in the archive; “Reprocess” on its page brings it back.',
      submit: 'Discard',
      danger: true,
    });
    if (sure && (await attempt(() => api.discard(uid), 'Discarded'))) reload();
  };
  return (
    <TableScroll>
      <table class="folds">
        <thead>
          <tr>
            <th scope="col">Study</th>
            <th scope="col">What went wrong, and what to do</th>
            <th scope="col" class="number">
              Tries
            </th>
            <th scope="col">Failed</th>
            {may('operator') && (
              <th scope="col">
                <span class="hidden">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {studies.map((study) => (
            <tr key={study.studyInstanceUid}>
              <th scope="row">
                <a href={`/studies/${study.studyInstanceUid}`}>
                  <Uid uid={study.studyInstanceUid} />
                </a>
              </th>
              <td class="cause">
                <strong>{study.error?.message ?? 'A display unit could not be processed'}</strong>
                <span class="muted">
                  {study.error?.advice ?? 'The reasons are on the page of the study.'}
                </span>
                {study.error && <span class="small faint">{study.error.code}</span>}
              </td>
              <td data-label="Tries" class="number">
                {study.tries}
              </td>
              <td data-label="Failed">
                <Ago at={study.failedAt} />
              </td>
              {may('operator') && (
                <td>
                  <span class="row actions">
                    <button type="button" class="button small" onClick={() => replay(study.studyInstanceUid)}>
                      <Icon name="retry" size={14} />
                      Replay
                    </button>
                    <button
                      type="button"
                      class="button small danger"
                      onClick={() => discard(study.studyInstanceUid)}
                    >
                      <Icon name="trash" size={14} />
                      Discard
                    </button>
                  </span>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
