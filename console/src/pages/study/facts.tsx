import type { ComponentChildren } from 'preact';
import { Moment } from '../../parts/time.js';
import type { Study } from '../../api/index.js';

/** The study in numbers and dates. */
export function Facts({ study }: { study: Study }) {
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    ['First seen', <Moment at={study.firstSeen} />],
    ['Last arrival', study.arrivedAt && <Moment at={study.arrivedAt} />],
    ['Last change', <Moment at={study.updatedAt} />],
    ['Tries', study.attempts],
    ['Instances in the archive', study.instances],
    ['Tag in the archive', study.tag],
    ['Job', study.job && `${study.job.state}${study.job.priority ? `, ${study.job.priority}` : ''}`],
    ['Correlation id', study.correlationId && <code>{study.correlationId}</code>],
  ];
  return (
    <section class="card" aria-labelledby="facts-title">
      <header>
        <h2 id="facts-title">Facts</h2>
      </header>
      <dl class="facts">
        {facts
          .filter(([, value]) => value !== undefined && value !== null && value !== '')
          .map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ))}
      </dl>
    </section>
  );
}
