import { api, type QuarantinedStudy, type StudyDescription } from '../api/index.js';
import { ask } from '../parts/dialog.js';
import { Icon } from '../parts/icon.js';
import { Empty } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { usePaging } from '../parts/pager.js';
import { Ago } from '../parts/time.js';
import { attempt } from '../parts/toast.js';
import { Uid } from '../parts/uid.js';
import { useResource } from '../resource.js';
import { useDescriptions } from './studies/descriptions.js';
import { may } from '../session.js';
import { plural } from '../words.js';
import { actionColumn, type Column, DataTable } from '../parts/data-table.js';

const PAGE = 25;

/** Studies that failed for good and wait for a decision. */
export function QuarantinePage() {
  const paging = usePaging('');
  const { data, problem, reload } = useResource(
    (signal) => api.quarantine({ limit: PAGE, cursor: paging.cursor }, signal),
    [paging.cursor],
    { topics: ['study'], seconds: 30 },
  );
  const { known } = useDescriptions((data?.items ?? []).map(({ studyInstanceUid }) => studyInstanceUid));
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
      <DataTable
        what="failed studies"
        card={{ label: 'Failed studies' }}
        columns={[...columnsOf(known), ...actionColumn(may('operator'), actionsOf(reload))]}
        rows={data?.items}
        keyOf={({ studyInstanceUid }) => studyInstanceUid}
        problem={problem}
        reload={reload}
        unreadable={data?.unreadable}
        empty={
          <Empty icon="check" title="Nothing is in quarantine">
            <p>
              A study comes here when all its tries have failed. Then its error and what to do about it are
              shown.
            </p>
          </Empty>
        }
        page={{ paging, next: data?.next, total: data?.total, size: PAGE }}
      />
    </>
  );
}

const columnsOf = (known: ReadonlyMap<string, StudyDescription>): readonly Column<QuarantinedStudy>[] => [
  {
    title: 'Study',
    cell: ({ studyInstanceUid: uid }) => (
      <a href={`/studies/${uid}`}>
        {known.get(uid)?.description && <strong class="which-text">{known.get(uid)?.description}</strong>}
        <Uid uid={uid} />
      </a>
    ),
  },
  {
    title: 'What went wrong, and what to do',
    label: '',
    class: 'cause',
    cell: ({ error }) => (
      <>
        <strong>{error?.message ?? 'A display unit could not be processed'}</strong>
        <span class="muted">{error?.advice ?? 'The reasons are on the page of the study.'}</span>
        {error && <span class="small faint">{error.code}</span>}
      </>
    ),
  },
  { title: 'Tries', number: true, cell: ({ tries }) => tries },
  { title: 'Failed', cell: ({ failedAt }) => <Ago at={failedAt} /> },
];

const actionsOf =
  (reload: () => void) =>
  ({ studyInstanceUid: uid }: QuarantinedStudy) => {
    const replay = async () => {
      if (await attempt(() => api.replay(uid), 'Queued again')) reload();
    };
    const discard = async () => {
      const sure = await ask({
        title: 'Discard this study?',
        text: 'It leaves the quarantine and stays without a result. Its images stay in the archive; “Reprocess” on its page brings it back.',
        submit: 'Discard',
        danger: true,
      });
      if (sure && (await attempt(() => api.discard(uid), 'Discarded'))) reload();
    };
    return (
      <span class="row actions">
        <button type="button" class="button small" onClick={replay}>
          <Icon name="retry" size={14} />
          Replay
        </button>
        <button type="button" class="button small danger" onClick={discard}>
          <Icon name="trash" size={14} />
          Discard
        </button>
      </span>
    );
  };
