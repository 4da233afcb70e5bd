import { formatSeconds } from '../../format.js';
import { Badge } from '../../parts/badge.js';
import { Empty } from '../../parts/notice.js';
import { Ago } from '../../parts/time.js';
import type { Worker } from '../../api/index.js';
import { type Column, DataTable } from '../../parts/data-table.js';

const COLUMNS: readonly Column<Worker>[] = [
  {
    title: 'Worker',
    cell: ({ host, pid, alive, problem }) => (
      <>
        <span>
          <strong>{host}</strong>
          <span class="faint"> · {pid}</span>
        </span>
        {!alive && <Badge word={GONE} />}
        {alive && problem && <Badge word={{ ...BROKEN, meaning: `${problem.message} ${problem.advice}` }} />}
      </>
    ),
  },
  { title: 'Now', cell: (worker) => <Doing worker={worker} /> },
  {
    title: 'Runs on',
    cell: ({ provider, precision, fellBack }) => (
      <>
        {provider.toUpperCase()}
        {precision !== 'float32' && <span class="faint"> · {precision}</span>}
        {fellBack && <Badge word={FELL_BACK} />}
      </>
    ),
  },
  { title: 'Model', cell: ({ model }) => <span title={model.sha256}>{model.version}</span> },
  { title: 'Last hour', number: true, cell: ({ done1h }) => done1h },
  { title: 'Frames/min', number: true, cell: ({ framesPerMinute }) => framesPerMinute.toFixed(1) },
  { title: 'Memory', number: true, cell: ({ memoryMegabytes }) => `${Math.round(memoryMegabytes)} MB` },
];

/** Who works, on what, how fast. */
export function WorkersCard({ workers }: { workers: readonly Worker[] | undefined }) {
  return (
    <section class="card flush" aria-labelledby="workers-title">
      <header>
        <h2 id="workers-title">Workers</h2>
      </header>
      <DataTable
        what="workers"
        columns={COLUMNS}
        rows={workers}
        keyOf={({ id }) => id}
        empty={
          <Empty icon="warning" title="No worker has reported">
            <p>
              Studies wait until one does. Start one: <code>node dist/cli/main.js worker</code>, or{' '}
              <code>docker compose up -d worker</code>.
            </p>
          </Empty>
        }
      />
    </section>
  );
}

const GONE = {
  text: 'Gone',
  tone: 'bad',
  icon: 'cross',
  meaning: 'It does not report any more; its study is taken over by another worker.',
} as const;

const FELL_BACK = {
  text: 'GPU memory full',
  tone: 'warn',
  icon: 'warning',
  meaning: 'The memory of the GPU did not suffice, so the CPU goes on until the worker is restarted.',
} as const;

const BROKEN = { text: 'Takes no studies', tone: 'bad', icon: 'cross' } as const;

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
