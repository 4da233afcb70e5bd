import type { StudyEvent } from '../../api/index.js';

/** One line of the timeline: an event, or several that together say one thing. */
export interface TimelineLine {
  /** The event that the line is about: the last one of several. */
  readonly event: StudyEvent;
  /**
   * `arrived`: the first sign of the study · `changed`: the archive told of it again · `looked`: it was looked at again
   * and nothing had changed, as after every result of our own that comes back · `event`: as it is.
   */
  readonly kind: 'arrived' | 'changed' | 'looked' | 'event';
  /** All events of the line, oldest first. */
  readonly events: readonly StudyEvent[];
}

/** What a look that changes nothing consists of. */
const OF_A_LOOK: ReadonlySet<string> = new Set(['signal', 'queued', 'started', 'unchanged']);
const ENDS: ReadonlySet<string> = new Set(['done', 'unchanged', 'failed', 'cancelled']);

/** Events in order, oldest first, as lines: signals of one arrival together, looks that changed nothing folded. */
export function foldEvents(events: readonly StudyEvent[]): TimelineLine[] {
  const lines: TimelineLine[] = [];
  let isFirst = true;
  for (const round of roundsOf(events)) {
    const last = round.at(-1)!;
    if (last.event === 'unchanged' && round.every(({ event }) => OF_A_LOOK.has(event))) {
      lines.push({ event: last, kind: 'looked', events: round });
      continue;
    }
    const signals = round.filter(({ event }) => event === 'signal');
    for (const event of round) {
      if (event.event !== 'signal') lines.push({ event, kind: 'event', events: [event] });
      else if (event === signals[0]) {
        lines.push({ event, kind: isFirst ? 'arrived' : 'changed', events: signals });
        isFirst = false;
      }
    }
  }
  return lines;
}

/** From the first sign to the end of the run that it led to. */
function roundsOf(events: readonly StudyEvent[]): StudyEvent[][] {
  const rounds: StudyEvent[][] = [];
  let round: StudyEvent[] = [];
  for (const event of events) {
    round.push(event);
    if (!ENDS.has(event.event)) continue;
    rounds.push(round);
    round = [];
  }
  return round.length > 0 ? [...rounds, round] : rounds;
}
