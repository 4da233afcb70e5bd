import { formatClock, formatDay, formatSeconds } from '../../format.js';
import { Icon } from '../../parts/icon.js';
import { Empty } from '../../parts/notice.js';
import type { Study, StudyEvent } from '../../api/index.js';
import { tellEvent } from './event-text.js';

/** What happened to the study and when; the newest at the top. */
export function Timeline({ study }: { study: Study }) {
  const events = study.events
    .map((event, index) => ({ event, since: secondsSince(study.events[index - 1], event) }))
    .reverse();
  return (
    <section class="card span-12" aria-labelledby="timeline-title">
      <header>
        <h2 id="timeline-title">Timeline</h2>
        <p>newest first</p>
      </header>
      {events.length === 0 && <Empty icon="clock" title="Nothing has happened yet" />}
      <ol class="timeline">
        {events.map(({ event, since }, index) => {
          const told = tellEvent(event);
          return (
            <li key={`${event.at}-${index}`} class={told.tone}>
              <span class="mark">
                <Icon name={told.icon} size={14} />
              </span>
              <div>
                <p class="row apart">
                  <strong>{told.text}</strong>
                  <span class="small muted number">
                    <time dateTime={event.at} title={formatDay(event.at)}>
                      {formatClock(event.at)}
                    </time>
                    {since !== undefined && ` · after ${formatSeconds(since)}`}
                  </span>
                </p>
                {told.lines.length > 0 && (
                  <ul class="lines">
                    {told.lines.map((line, n) => (
                      <li key={n}>{line}</li>
                    ))}
                  </ul>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function secondsSince(before: StudyEvent | undefined, event: StudyEvent): number | undefined {
  return before === undefined ? undefined : (Date.parse(event.at) - Date.parse(before.at)) / 1000;
}
