import { useState } from 'preact/hooks';
import { api } from '../api/index.js';
import { PageHead } from '../parts/page-head.js';
import { ProblemNotice } from '../parts/notice.js';
import { Segments } from '../parts/segments.js';
import { useResource } from '../resource.js';
import { Figures } from './live/figures.js';
import { LatencyCard } from './live/latency.js';
import { OutcomesCard } from './live/outcomes.js';
import { QueueCard } from './live/queue.js';
import { RecentStudies } from './live/recent.js';
import { UsageCard } from './live/usage.js';
import { WorkersCard } from './live/workers.js';

const SPANS = [
  { value: 6, text: '6 h' },
  { value: 24, text: '24 h' },
  { value: 168, text: '7 d' },
] as const;

/** Whether it is alive, how fast, and what came of the last studies. */
export function LivePage() {
  const [hours, setHours] = useState<number>(24);
  const stats = useResource((signal) => api.stats(hours, signal), [hours], {
    topics: ['study'],
    seconds: 30,
  });
  const queue = useResource((signal) => api.queue(signal), [], { topics: ['queue', 'study'], seconds: 15 });
  const workers = useResource((signal) => api.workers(signal), [], {
    topics: ['worker', 'study'],
    seconds: 10,
  });
  const span = SPANS.find(({ value }) => value === hours)!.text;
  return (
    <>
      <PageHead
        title="Live"
        actions={<Segments label="Time shown" options={SPANS} value={hours} onChange={setHours} />}
      >
        What arrives, how long it takes, and what comes of it.
      </PageHead>
      <div class="notices">
        <ProblemNotice problem={stats.problem ?? queue.problem ?? workers.problem} />
      </div>
      <Figures stats={stats.data} queue={queue.data} workers={workers.data?.items} span={span} />
      <div class="grid">
        <RecentStudies />
        <LatencyCard stats={stats.data} hours={hours} span={span} />
        <OutcomesCard stats={stats.data} span={span} />
        <div class="span-8 column">
          <WorkersCard workers={workers.data?.items} />
          <UsageCard />
        </div>
        <QueueCard queue={queue.data} reload={queue.reload} />
      </div>
    </>
  );
}
