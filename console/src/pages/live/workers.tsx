import { formatSeconds } from '../../format.js';
import { Badge } from '../../parts/badge.js';
import { Empty, Loading } from '../../parts/notice.js';
import { Ago } from '../../parts/time.js';
import type { Worker } from '../../types/index.js';
import { TableScroll } from '../../parts/table-scroll.js';

/** Who works, on what, how fast. */
export function WorkersCard({ workers }: { workers: readonly Worker[] | undefined }) {
  return (
    <section class="card flush" aria-labelledby="workers-title">
      <header>
        <h2 id="workers-title">Workers</h2>
      </header>
      {workers === undefined && <Loading what="workers" />}
      {workers?.length === 0 && (
        <Empty icon="warning" title="No worker has reported">
          <p>
            Studies wait until one does. Start one: <code>node dist/cli/main.js worker</code>, or{' '}
            <code>docker compose up -d worker</code>.
          </p>
        </Empty>
      )}
      {workers && workers.length > 0 && (
        <TableScroll>
          <table class="folds">
            <thead>
              <tr>
                <th scope="col">Worker</th>
                <th scope="col">Now</th>
                <th scope="col">Runs on</th>
                <th scope="col">Model</th>
                <th scope="col" class="number">
                  Last hour
                </th>
                <th scope="col" class="number">
                  Frames/min
                </th>
                <th scope="col" class="number">
                  Memory
                </th>
              </tr>
            </thead>
            <tbody>
              {workers.map((worker) => (
                <tr key={worker.id}>
                  <th scope="row">
                    <span>
                      <strong>{worker.host}</strong>
                      <span class="faint"> · {worker.pid}</span>
                    </span>
                    {!worker.alive && <Badge word={GONE} />}
                  </th>
                  <td data-label="Now">
                    <Doing worker={worker} />
                  </td>
                  <td data-label="Runs on">{worker.provider.toUpperCase()}</td>
                  <td data-label="Model">
                    <span title={worker.model.sha256}>{worker.model.version}</span>
                  </td>
                  <td data-label="Last hour" class="number">
                    {worker.done1h}
                  </td>
                  <td data-label="Frames/min" class="number">
                    {worker.framesPerMinute.toFixed(1)}
                  </td>
                  <td data-label="Memory" class="number">
                    {Math.round(worker.memoryMegabytes)} MB
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </section>
  );
}

const GONE = {
  text: 'Gone',
  tone: 'bad',
  icon: 'cross',
  meaning: 'It does not report any more; its study is taken over by another worker.',
} as const;

function Doing({ worker }: { worker: Worker }) {
  if (!worker.alive)
    return (
      <span class="muted">
        last seen <Ago at={worker.seenAt} />
      </span>
    );
  if (worker.current.length === 0) return <span class="muted">idle</span>;
  return (
    <span>
      {worker.current.map(({ studyInstanceUid, since }) => (
        <a key={studyInstanceUid} href={`/studies/${studyInstanceUid}`}>
          a study for {formatSeconds(Math.max(0, (Date.now() - Date.parse(since)) / 1000))}
        </a>
      ))}
    </span>
  );
}
