import { formatClock, formatDay, formatSeconds } from '../../format.js';
import { Icon } from '../../parts/icon.js';
import { Empty } from '../../parts/notice.js';
import type { Study, StudyEvent } from '../../api/index.js';
import { tellLine } from './event-text.js';
import { foldEvents } from './fold-events.js';

/** What happened to the study and when; the newest at the top. */
export function Timeline({ study }: { study: Study }) {
  const lines = foldEvents(study.events);
  const events = lines
    .map((line, index) => ({
      line,
      event: line.event,
      since: secondsSince(lines[index - 1]?.event, line.event),
    }))
    .reverse();
  return (
    <section class="card span-12" aria-labelledby="timeline-title">
      <header>
        <h2 id="timeline-title">Timeline</h2>
        <p>newest first</p>
      </header>
      {events.length === 0 && <Empty icon="clock" title="Nothing has happened yet" />}
      <ol class="timeline">
        {events.map(({ line, event, since }, index) => {
          const told = tellLine(line);
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
                    {told.lines.map((text, n) => (
                      <li key={n}>{text}</li>
                    ))}
                  </ul>
                )}
                {told.more.length > 0 && (
                  <details class="small">
                    <summary>Details</summary>
                    <ul class="lines">
                      {told.more.map((text, n) => (
                        <li key={n}>{text}</li>
                      ))}
                    </ul>
                  </details>
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
