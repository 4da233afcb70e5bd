import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { api, BASE } from '../api/index.js';
import { Icon } from '../parts/icon.js';
import { Empty } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { usePaging } from '../parts/pager.js';
import { useResource } from '../resource.js';
import { may } from '../session.js';
import { BackfillDialog } from './studies/backfill-dialog.js';
import { Backfills } from './studies/backfills.js';
import { FilterBar } from './studies/filter-bar.js';
import { filterOf, queryOf } from './studies/filter.js';
import { BulkBar } from './studies/bulk-bar.js';
import { useDescriptions } from './studies/descriptions.js';
import { StudyTable } from './studies/table.js';
import { UnknownNotice } from './studies/unknown-notice.js';

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
  const page = (data?.items ?? []).map(({ studyInstanceUid }) => studyInstanceUid);
  const described = useDescriptions(page);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selection = may('operator') ? { chosen, change: setChosen } : undefined;
  return (
    <>
      <PageHead
        title="Studies"
        actions={
          <span class="row">
            <a class="button" href={csvAddress(queryOf(filter))} download="studies.csv">
              <Icon name="scroll" />
              CSV
            </a>
            {may('operator') && (
              <button type="button" class="button" onClick={() => setBackfill(true)}>
                <Icon name="retry" />
                Reprocess many …
              </button>
            )}
          </span>
        }
      >
        What arrived, how it ended, and why.
      </PageHead>
      <FilterBar filter={filter} onChange={(next) => route(`/studies${next}`, true)} />
      <Backfills started={started} />
      <UnknownNotice studies={data?.unknown ?? []} reload={reload} />
      {selection && <BulkBar selection={selection} page={page} onDone={reload} />}
      <StudyTable
        described={described}
        selection={selection}
        rows={data?.items}
        card={{ label: 'Studies', busy: loading }}
        problem={problem}
        reload={reload}
        unreadable={data?.unreadable}
        empty={<Nothing narrowed={narrowed} />}
        page={{ paging, next: data?.next, total: data?.total, size: PAGE }}
      />
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

/** The list as a file, whatever page of it is shown. */
function csvAddress(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return `${BASE}/studies.csv?${new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()}`;
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
