import { isUid, type Uid } from '../core/index.js';
import type { OrthancChanges, OrthancClient } from '../archive/index.js';
import type { IntakeProgress } from '../store/index.js';

/** Follows Orthanc's change feed from a cursor that is kept. */
export interface ChangesFollower {
  /** Reads what is new, signals the studies and moves the cursor. @returns number of changes read */
  poll(): Promise<number>;
}

const PAGE = 200;
const STUDY_CHANGES = new Set(['NewStudy', 'StableStudy']);
const SERIES_CHANGES = new Set(['NewSeries', 'StableSeries']);

/**
 * @param startAt where to begin when no cursor is kept: at the feed's end or at its beginning
 * @param refuse called with what stands for the UID of a study that has none
 * @param signal called before the cursor moves, so that a crash repeats signals but never loses one
 */
export function openChangesFollower(dependencies: {
  progress: Pick<IntakeProgress, 'cursor' | 'moveCursor'>;
  orthanc: OrthancClient;
  startAt: 'now' | 'beginning';
  signal: (study: Uid) => Promise<void>;
  refuse: (studyInstanceUid: string) => Promise<void>;
}): ChangesFollower {
  const { progress, orthanc, signal, refuse } = dependencies;

  async function cursor(): Promise<number> {
    const kept = await progress.cursor();
    const last = await lastChange();
    // A feed that ends before our cursor is another database: read it from its beginning.
    if (kept !== undefined) return kept <= last ? kept : 0;
    const start = dependencies.startAt === 'beginning' ? 0 : last;
    await progress.moveCursor(start);
    return start;
  }

  async function lastChange(): Promise<number> {
    return (await orthanc.lastChange()) ?? 0;
  }

  async function studiesOf(page: OrthancChanges): Promise<Set<string>> {
    const studies = new Set<string>();
    const seen = new Set<string>();
    for (const change of page.Changes) {
      const level = STUDY_CHANGES.has(change.ChangeType)
        ? 'studies'
        : SERIES_CHANGES.has(change.ChangeType)
          ? 'series'
          : undefined;
      if (level === undefined || seen.has(change.ID)) continue;
      seen.add(change.ID);
      const uid = await orthanc.studyUidOf(level, change.ID);
      if (uid !== undefined) studies.add(uid);
    }
    return studies;
  }

  return {
    async poll() {
      let since = await cursor();
      let read = 0;
      for (;;) {
        const page = await orthanc.changes(since, PAGE);
        for (const study of await studiesOf(page)) await (isUid(study) ? signal(study) : refuse(study));
        read += page.Changes.length;
        // An empty page reports Last = 0 on some versions.
        if (page.Changes.length > 0) {
          since = page.Last;
          await progress.moveCursor(since);
        }
        if (page.Done || page.Changes.length === 0) return read;
      }
    },
  };
}
