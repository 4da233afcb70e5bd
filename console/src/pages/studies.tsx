import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { api } from '../api.js';
import { Icon } from '../parts/icon.js';
import { Empty, Loading, ProblemNotice } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { Pager, usePaging } from '../parts/pager.js';
import { UnreadableNotice } from '../parts/unreadable.js';
import { useResource } from '../resource.js';
import { may } from '../session.js';
import { BackfillDialog } from './studies/backfill-dialog.js';
import { Backfills } from './studies/backfills.js';
import { FilterBar } from './studies/filter-bar.js';
import { filterOf, queryOf } from './studies/filter.js';
import { StudyTable } from './studies/table.js';

const PAGE = 25;

/** Every study that has ever arrived; the filter is part of the address, so that it can be sent to a colleague. */
export function StudiesPage() {
  const { query, route } = useLocation();
  const filter = filterOf(query);
  const key = JSON.stringify(filter);
  const paging = usePaging(key);
  const [backfill, setBackfill] = useState(false);
  const [started, setStarted] = useState(0);
  const { data, problem, loading, reload } = useResource(
    (signal) => api.studies({ ...queryOf(filter), limit: PAGE, cursor: paging.cursor }, signal),
    [key, paging.cursor],
    { topics: ['study'], seconds: 30 },
  );
  const narrowed = key !== '{}';
  return (
    <>
      <PageHead
        title="Studies"
        actions={
          may('operator') && (
            <button type="button" class="button" onClick={() => setBackfill(true)}>
              <Icon name="retry" />
              Reprocess many …
            </button>
          )
        }
      >
        What arrived, how it ended, and why.
      </PageHead>
      <FilterBar filter={filter} onChange={(next) => route(`/studies${next}`, true)} />
      <div class="notices">
        <ProblemNotice problem={problem} retry={reload} />
        <UnreadableNotice studies={data?.unreadable} reload={reload} />
      </div>
      <Backfills started={started} />
      <section class="card flush" aria-label="Studies" aria-busy={loading}>
        {data === undefined && !problem && <Loading what="studies" />}
        {data?.items.length === 0 && data.unreadable.length === 0 && <Nothing narrowed={narrowed} />}
        {data && data.items.length > 0 && <StudyTable studies={data.items} />}
        {data && (
          <Pager
            paging={paging}
            next={data.next}
            total={data.total}
            shown={data.items.length + data.unreadable.length}
            size={PAGE}
            what="studies"
          />
        )}
      </section>
      {backfill && (
        <BackfillDialog
          filter={filter}
          onClose={() => setBackfill(false)}
          onStarted={() => {
            setBackfill(false);
            setStarted(started + 1);
          }}
        />
      )}
    </>
  );
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  if (narrowed) {
    return (
      <Empty icon="list" title="No study matches">
        <p>
          Take something out of the filter, or <a href="/studies">show all studies</a>.
        </p>
      </Empty>
    );
  }
  return (
    <Empty icon="inbox" title="No study yet">
      <p>
        Send one to <code>{location.origin}/dicom-web/studies</code>, or store it in the archive. Nothing
        comes? Ask <a href="/doctor">Doctor</a>.
      </p>
    </Empty>
  );
}
