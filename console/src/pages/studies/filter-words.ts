import { channelTitle } from '../../channels.js';
import { formatDay } from '../../format.js';
import { OUTCOMES, STATES } from '../../words.js';
import type { Outcome, StudyState } from '../../api/index.js';
import { SEARCHES, type StudyFilter } from './filter.js';

/** What a filter says, a field a line: `Outcome`, `Failed`. */
export type FilterWords = readonly (readonly [name: string, value: string])[];

const NAMES: Readonly<Record<keyof StudyFilter, string>> = {
  ...SEARCHES,
  outcome: 'Outcome',
  state: 'State',
  channel: 'Channel',
  from: 'Changed from',
  to: 'Changed to',
  minScore: 'Modality score at least',
  maxScore: 'Modality score at most',
  needsReview: 'Review',
  superseded: 'Superseded results',
  studyDateFrom: 'Study date from',
  studyDateTo: 'Study date to',
};
/** What a backfill goes by; the others only narrow the list. */
const OF_BACKFILLS: ReadonlySet<keyof StudyFilter> = new Set(['outcome', 'channel', 'from', 'to']);

/** A filter in words: what a backfill goes by, and what it does not. */
export function filterWords(filter: StudyFilter): {
  readonly counts: FilterWords;
  readonly ignored: FilterWords;
} {
  const lines = (Object.keys(NAMES) as (keyof StudyFilter)[]).flatMap((key) =>
    filter[key] === undefined ? [] : [{ key, line: [NAMES[key], valueText(key, filter[key])] as const }],
  );
  const of = (wanted: boolean) =>
    lines.filter(({ key }) => OF_BACKFILLS.has(key) === wanted).map(({ line }) => line);
  return { counts: of(true), ignored: of(false) };
}

function valueText(key: keyof StudyFilter, value: string): string {
  switch (key) {
    case 'outcome':
      return OUTCOMES[value as Outcome]?.text ?? value;
    case 'state':
      return STATES[value as StudyState]?.text ?? value;
    case 'channel':
      return channelTitle(value);
    case 'needsReview':
      return value === 'true' ? 'Needs review' : 'Does not';
    case 'superseded':
      return value === 'true' ? 'In the archive' : 'None';
    case 'from':
    case 'to':
    case 'studyDateFrom':
    case 'studyDateTo':
      return Number.isNaN(Date.parse(value)) ? value : formatDay(value);
    default:
      return value;
  }
}
