import { useState } from 'preact/hooks';
import { api, type AuditLine } from '../api/index.js';
import { Badge } from '../parts/badge.js';
import { Empty } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { usePaging } from '../parts/pager.js';
import { Moment } from '../parts/time.js';
import { Uid } from '../parts/uid.js';
import { useResource } from '../resource.js';
import type { Word } from '../words.js';
import { type Column, DataTable } from '../parts/data-table.js';

const PAGE = 50;

/** Who changed what, and who tried to. */
export function AuditPage() {
  const [kind, setKind] = useState<'changes' | 'accesses'>('changes');
  const [actor, setActor] = useState('');
  const [operation, setOperation] = useState('');
  const [day, setDay] = useState('');
  const key = [kind, actor, operation, day].join('|');
  const paging = usePaging(key);
  const { data, problem, reload } = useResource(
    (signal) =>
      api.audit(
        {
          kind,
          limit: PAGE,
          cursor: paging.cursor,
          ...(actor ? { actor } : {}),
          ...(operation ? { operation } : {}),
          ...(day
            ? {
                from: new Date(`${day}T00:00:00`).toISOString(),
                to: new Date(`${day}T23:59:59.999`).toISOString(),
              }
            : {}),
        },
        signal,
      ),
    [key, paging.cursor],
    { seconds: 30 },
  );
  return (
    <>
      <PageHead title="Audit">
        Every change through the REST interface or this console, refused ones included; and who read, searched
        and stored what.
      </PageHead>
      <form class="card filter" role="search" aria-label="Audit" onSubmit={(event) => event.preventDefault()}>
        <label class="field">
          <span>What</span>
          <select
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as 'changes' | 'accesses')}
          >
            <option value="changes">Changes</option>
            <option value="accesses">Accesses</option>
          </select>
        </label>
        <label class="field">
          <span>Day</span>
          <input type="date" value={day} onChange={(event) => setDay(event.currentTarget.value)} />
        </label>
        <label class="field">
          <span>Who</span>
          <input
            value={actor}
            placeholder="token:admin"
            onChange={(event) => setActor(event.currentTarget.value.trim())}
          />
        </label>
        <label class="field">
          <span>Operation</span>
          <input
            value={operation}
            placeholder="reprocessStudy"
            onChange={(event) => setOperation(event.currentTarget.value.trim())}
          />
        </label>
      </form>
      <DataTable
        what="the audit log"
        card={{ label: kind === 'changes' ? 'Changes' : 'Accesses' }}
        columns={COLUMNS}
        rows={data?.items}
        keyOf={({ at }, index) => `${at}-${index}`}
        tight
        problem={problem}
        reload={reload}
        empty={
          <Empty
            icon="scroll"
            title={key === 'changes|||' ? 'Nothing has been changed yet' : 'No line matches'}
          >
            <p>Reprocessing, replaying, activating a model, changing a rule: each leaves a line here.</p>
          </Empty>
        }
        page={{ paging, next: data?.next, total: undefined, size: PAGE }}
      />
    </>
  );
}

const COLUMNS: readonly Column<AuditLine>[] = [
  { title: 'When', cell: ({ at }) => <Moment at={at} /> },
  { title: 'Who', cell: ({ actor }) => actor },
  { title: 'From', cell: ({ address }) => address ?? '–' },
  { title: 'Operation', cell: ({ operation }) => <code>{operation}</code> },
  { title: 'On what', cell: ({ target }) => <Target target={target} /> },
  { title: 'Result', cell: ({ status }) => <Badge word={resultWord(status)} /> },
  { title: 'Request', cell: ({ requestId }) => <code class="small faint">{requestId}</code> },
];

function Target({ target }: { target: AuditLine['target'] }) {
  const entries = Object.entries(target);
  if (entries.length === 0) return <span class="faint">–</span>;
  return (
    <span>
      {entries.map(([key, value]) => (
        <span key={key} class="row">
          {key === 'uid' ? (
            <a href={`/studies/${value}`}>
              <Uid uid={value} />
            </a>
          ) : (
            <code>{value}</code>
          )}
        </span>
      ))}
    </span>
  );
}

function resultWord(status: number): Word {
  if (status < 400) return { text: `Done ${status}`, tone: 'good', icon: 'check', meaning: '' };
  if (status === 401 || status === 403)
    return { text: `Refused ${status}`, tone: 'bad', icon: 'slash', meaning: 'The role did not suffice.' };
  return { text: `Failed ${status}`, tone: 'warn', icon: 'cross', meaning: '' };
}
