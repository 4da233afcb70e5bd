import { useState } from 'preact/hooks';
import { api } from '../api.js';
import { Badge } from '../parts/badge.js';
import { Empty, Loading, ProblemNotice } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { Pager, usePaging } from '../parts/pager.js';
import { Moment } from '../parts/time.js';
import { Uid } from '../parts/uid.js';
import { useResource } from '../resource.js';
import type { AuditLine } from '../types/index.js';
import type { Word } from '../words.js';
import { TableScroll } from '../parts/table-scroll.js';

const PAGE = 50;

/** Who changed what, and who tried to. */
export function AuditPage() {
  const [actor, setActor] = useState('');
  const [operation, setOperation] = useState('');
  const [day, setDay] = useState('');
  const key = [actor, operation, day].join('|');
  const paging = usePaging(key);
  const { data, problem, reload } = useResource(
    (signal) =>
      api.audit(
        {
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
        Every change through the REST interface or this console, refused ones included.
      </PageHead>
      <form class="card filter" role="search" aria-label="Audit" onSubmit={(event) => event.preventDefault()}>
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
      <div class="notices">
        <ProblemNotice problem={problem} retry={reload} />
      </div>
      <section class="card flush" aria-label="Changes">
        {data === undefined && !problem && <Loading what="the audit log" />}
        {data?.items.length === 0 && paging.page === 0 && (
          <Empty icon="scroll" title={key === '||' ? 'Nothing has been changed yet' : 'No line matches'}>
            <p>Reprocessing, replaying, activating a model, changing a rule: each leaves a line here.</p>
          </Empty>
        )}
        {data && data.items.length > 0 && <Lines lines={data.items} />}
        {data && (
          <Pager
            paging={paging}
            next={data.next}
            total={undefined}
            shown={data.items.length}
            size={PAGE}
            what="the audit log"
          />
        )}
      </section>
    </>
  );
}

function Lines({ lines }: { lines: readonly AuditLine[] }) {
  return (
    <TableScroll>
      <table class="folds tight">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Operation</th>
            <th scope="col">On what</th>
            <th scope="col">Result</th>
            <th scope="col">Request</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={`${line.at}-${index}`}>
              <th scope="row">
                <Moment at={line.at} />
              </th>
              <td data-label="Who">{line.actor}</td>
              <td data-label="Operation">
                <code>{line.operation}</code>
              </td>
              <td data-label="On what">
                <Target target={line.target} />
              </td>
              <td data-label="Result">
                <Badge word={resultWord(line.status)} />
              </td>
              <td data-label="Request">
                <code class="small faint">{line.requestId}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

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
