import { AppError, type Caller, isUid, type Uid } from '../../core/index.js';
import { matchesFilter, type StudyFilter, type StudyRecord } from '../../store/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { splitQuery, type StudyFilterQuery } from './study-query.js';

/** A page of studies, whoever has found them. */
export interface FoundStudies {
  readonly studies: readonly StudyRecord[];
  readonly unreadable: readonly Uid[];
  /** Studies of the archive that match and that no signal has come of. */
  readonly unknown: readonly Uid[];
  readonly total?: number | undefined;
  readonly next?: string | undefined;
}

const ARCHIVE_PAGE = 100;
/** Pages of the archive that one of ours may take: a filter of the ledger that matches little must not hold it up. */
const MAX_ARCHIVE_PAGES = 5;
const ARCHIVE_CURSOR = /^archive-(\d{1,9})$/;

/**
 * Studies that match. What the archive knows is asked of it, and the ledger's part is then held against the records;
 * else the ledger's index answers alone.
 * @throws AppError of the archive, `INVALID_REQUEST` for a bad cursor, `FORBIDDEN` as `splitQuery`
 */
export async function findStudies(
  { store: { ledger }, archive }: Pick<AdminDependencies, 'store' | 'archive'>,
  query: StudyFilterQuery,
  page: { limit: number; cursor?: string | undefined },
  actor: Caller,
): Promise<FoundStudies> {
  const split = splitQuery(query, actor);
  if (split.uid !== undefined) return named(split.uid, split.ledger);
  if (!split.archive) return { ...(await ledger.list({ filter: split.ledger, ...page })), unknown: [] };

  const hasFilter = Object.values(split.ledger).some((value) => value !== undefined);
  const found = { studies: [] as StudyRecord[], unreadable: [] as Uid[], unknown: [] as Uid[] };
  const count = () => found.studies.length + found.unreadable.length + found.unknown.length;
  const seen = new Set<string>();
  let offset = offsetOf(page.cursor);
  for (let pages = 0; pages < MAX_ARCHIVE_PAGES && count() < page.limit; pages += 1) {
    const limit = Math.min(ARCHIVE_PAGE, page.limit - count());
    const matches = await archive.dicomweb.findStudies(split.archive, { limit, offset });
    const uids = [...new Set(matches.filter(isUid))].filter((uid) => !seen.has(uid));
    for (const uid of uids) seen.add(uid);
    await sort(uids, split.ledger, hasFilter, found);
    offset += matches.length;
    // Not by a short page: an archive may give fewer than were asked for.
    if (matches.length === 0) return found;
  }
  return { ...found, next: `archive-${offset}` };

  /** Puts studies of the archive where they belong. */
  async function sort(uids: readonly Uid[], filter: StudyFilter, narrowed: boolean, into: typeof found) {
    const { records, unreadable } = await ledger.records(uids);
    for (const uid of uids) {
      const record = records.get(uid);
      if (record && matchesFilter(record, filter) && isWithin(record, filter)) into.studies.push(record);
      else if (unreadable.has(uid)) into.unreadable.push(uid);
      // Of a study without a record nothing that the ledger is asked for can hold.
      else if (!record && !narrowed) into.unknown.push(uid);
    }
  }

  async function named(uid: Uid, filter: StudyFilter): Promise<FoundStudies> {
    const none = { studies: [] as StudyRecord[], unreadable: [] as Uid[], unknown: [] as Uid[] };
    await sort([uid], filter, true, none);
    return { ...none, total: none.studies.length };
  }
}

function isWithin({ updatedAt }: StudyRecord, { from, to }: StudyFilter): boolean {
  const at = Date.parse(updatedAt);
  return (from === undefined || at >= from) && (to === undefined || at <= to);
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const offset = ARCHIVE_CURSOR.exec(cursor)?.[1];
  if (offset === undefined) {
    throw new AppError(
      'INVALID_REQUEST',
      'In the query: cursor: not one that an earlier page of this search gave',
    );
  }
  return Number(offset);
}
