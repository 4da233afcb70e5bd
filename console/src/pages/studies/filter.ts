import type { StudyFilter } from '../../api.js';

const KEYS = ['outcome', 'state', 'channel', 'from', 'to', 'minScore', 'maxScore'] as const;

/** The filter in an address; `from` and `to` are days of the user's calendar. */
export function filterOf(query: Readonly<Record<string, string>>): StudyFilter {
  return Object.fromEntries(KEYS.flatMap((key) => (query[key] ? [[key, query[key]]] : [])));
}

/** The filter as part of an address, with its question mark, or nothing. */
export function addressOf(filter: StudyFilter): string {
  const text = new URLSearchParams(filter as Record<string, string>).toString();
  return text === '' ? '' : `?${text}`;
}

/** The filter as the gateway takes it: days become instants, the last day included. */
export function queryOf({ from, to, ...rest }: StudyFilter): StudyFilter {
  return {
    ...rest,
    ...(from ? { from: new Date(`${from}T00:00:00`).toISOString() } : {}),
    ...(to ? { to: new Date(`${to}T23:59:59.999`).toISOString() } : {}),
  };
}
