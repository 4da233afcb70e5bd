import type { Outcome, StudyQuery, StudyState } from '../../api/index.js';

const KEYS = [
  'outcome',
  'state',
  'channel',
  'from',
  'to',
  'minScore',
  'maxScore',
  'needsReview',
  'superseded',
  'uid',
  'accessionNumber',
  'patientId',
  'description',
  'station',
  'studyDateFrom',
  'studyDateTo',
] as const;

/** What is asked of the archive, by what the field is called. */
export const SEARCHES = {
  accessionNumber: 'Accession number',
  patientId: 'Patient ID',
  uid: 'StudyInstanceUID',
  description: 'Description',
  station: 'Station',
} as const;
export type Search = keyof typeof SEARCHES;

/** What a list of studies is narrowed by, as it stands in an address; `from` and `to` are days of the user's calendar. */
export type StudyFilter = { readonly [K in (typeof KEYS)[number]]?: string };

/** The filter in an address. What it says is not checked here: the gateway refuses what it does not know. */
export function filterOf(query: Readonly<Record<string, string>>): StudyFilter {
  return Object.fromEntries(KEYS.flatMap((key) => (query[key] ? [[key, query[key]]] : [])));
}

/** The filter as part of an address, with its question mark, or nothing. */
export function addressOf(filter: StudyFilter): string {
  const text = new URLSearchParams(filter as Record<string, string>).toString();
  return text === '' ? '' : `?${text}`;
}

/** The filter as the gateway takes it: days become instants, the last day included. */
export function queryOf({
  outcome,
  state,
  channel,
  from,
  to,
  minScore,
  maxScore,
  needsReview,
  superseded,
  ...rest
}: StudyFilter) {
  return {
    ...rest,
    needsReview: needsReview as 'true' | 'false' | undefined,
    superseded: superseded as 'true' | 'false' | undefined,
    outcome: outcome as Outcome | undefined,
    state: state as StudyState | undefined,
    channel,
    from: from && new Date(`${from}T00:00:00`).toISOString(),
    to: to && new Date(`${to}T23:59:59.999`).toISOString(),
    minScore: minScore === undefined ? undefined : Number(minScore),
    maxScore: maxScore === undefined ? undefined : Number(maxScore),
  } satisfies StudyQuery;
}
