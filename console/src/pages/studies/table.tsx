import { useLocation } from 'preact-iso';
import { useRef } from 'preact/hooks';
import { formatSeconds } from '../../format.js';
import { Channels, ReviewBadge, StudyBadge } from '../../parts/badge.js';
import { Ago } from '../../parts/time.js';
import { Uid } from '../../parts/uid.js';
import type { StudySummary } from '../../types/index.js';
import { TableScroll } from '../../parts/table-scroll.js';

/** Studies, newest first. Arrow keys (or J and K) go from row to row while one of its links has the focus. */
export function StudyTable({ studies }: { studies: readonly StudySummary[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { route } = useLocation();
  const step = (event: KeyboardEvent) => {
    const links = [...body.current!.querySelectorAll<HTMLElement>('tr a.row-link')];
    const here = links.findIndex((link) => link === document.activeElement);
    const target = targetOf(event.key, here, links.length);
    if (here < 0 || target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    links[target]?.focus();
  };
  return (
    <TableScroll>
      <table class="folds">
        <caption class="hidden">
          Studies, last changed first. Up and down arrow keys move between the links.
        </caption>
        <thead>
          <tr>
            <th scope="col">Study</th>
            <th scope="col">Outcome</th>
            <th scope="col">Channel</th>
            <th scope="col" class="number">
              Score
            </th>
            <th scope="col" class="number">
              Frames
            </th>
            <th scope="col" class="number">
              Took
            </th>
            <th scope="col">Changed</th>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={step}>
          {studies.map((study) => (
            <tr
              key={study.studyInstanceUid}
              class="opens"
              onClick={(event) => {
                // A click anywhere in the row opens it; the link is for the keyboard and for new tabs.
                const inLink = (event.target as Element).closest('a') !== null;
                if (!inLink && getSelection()?.toString() === '') route(`/studies/${study.studyInstanceUid}`);
              }}
            >
              <th scope="row">
                <a class="row-link" href={`/studies/${study.studyInstanceUid}`}>
                  <Uid uid={study.studyInstanceUid} />
                </a>
              </th>
              <td data-label="Outcome">
                <StudyBadge study={study} />
                {study.needsReview && <ReviewBadge />}
                {study.error && <span class="small muted why">{study.error.code}</span>}
              </td>
              <td data-label="Channel">
                <Channels channels={study.channels} />
              </td>
              <td data-label="Score" class="number">
                {typeof study.score === 'number' ? study.score.toFixed(2) : '–'}
              </td>
              <td data-label="Frames" class="number">
                {study.frames}
              </td>
              <td data-label="Took" class="number">
                {formatSeconds(study.seconds)}
              </td>
              <td data-label="Changed">
                <Ago at={study.updatedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function targetOf(key: string, here: number, count: number): number | undefined {
  if (key === 'ArrowDown' || key === 'j') return Math.min(here + 1, count - 1);
  if (key === 'ArrowUp' || key === 'k') return Math.max(here - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}
