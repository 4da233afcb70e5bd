import { groupBy, isUid, type Uid } from '../core/index.js';
import { type DicomJson, stringOf, TAG } from '../dicom/index.js';
import { type DicomwebClient, type StudyDates, studyInstances } from '../archive/index.js';
import type { IntakeProgress } from '../store/index.js';

/** Days before and after today that count as recent: clocks differ, and a study may be sent the day after. */
const DAYS_BACK = 2;
const DAYS_AHEAD = 1;
const DAY_MS = 24 * 3600 * 1000;

/** What one pass may spend on the whole list, besides the recent days. */
export interface SweepBudget {
  readonly pages: number;
  readonly ms: number;
}

const SWEEP_BUDGET: SweepBudget = { pages: 20, ms: 10_000 };

/**
 * Compares the archive's study list with what was seen before, for signals that no one delivered. Each pass reads the
 * studies of the last days whole, and a bounded part of the whole list: where it stopped is kept, so that an archive of any
 * size is swept in the end, by whichever gateway.
 */
export interface Reconcile {
  /** @returns number of studies signalled */
  run(): Promise<number>;
}

/**
 * @param startAt `now`: the first sweep ever only takes note of what is there
 * @param signal called before the study counts as seen
 * @param refuse called with what stands for the UID of a study that has none
 */
export function openReconcile(dependencies: {
  progress: Pick<
    IntakeProgress,
    'claimPass' | 'seen' | 'markSeen' | 'sweep' | 'moveSweep' | 'endSweep' | 'hasBaseline' | 'markBaseline'
  >;
  dicomweb: Pick<DicomwebClient, 'studyPages'>;
  startAt: 'now' | 'beginning';
  signal: (study: Uid) => Promise<void>;
  refuse: (studyInstanceUid: string) => Promise<void>;
  budget?: SweepBudget;
  now?: () => number;
}): Reconcile {
  const { progress, dicomweb, startAt, signal, refuse, budget = SWEEP_BUDGET, now = Date.now } = dependencies;

  /** @param isQuiet only takes note. @returns number of studies signalled */
  async function compare(studies: readonly DicomJson[], isQuiet: boolean): Promise<number> {
    const counts = new Map<Uid, string>();
    for (const [uid, rows] of groupBy(studies, (study) => stringOf(study, TAG.StudyInstanceUID) ?? '')) {
      if (isUid(uid)) counts.set(uid, String(studyInstances(rows) ?? 'unknown'));
      else if (uid !== '') await refuse(uid);
    }
    const uids = [...counts.keys()];
    const before = await progress.seen(uids);
    let signalled = 0;
    for (const [i, uid] of uids.entries()) {
      if (isQuiet || before[i] === counts.get(uid)) continue;
      await signal(uid);
      signalled += 1;
    }
    await progress.markSeen(counts);
    return signalled;
  }

  async function recentDays(): Promise<number> {
    const isQuiet = startAt === 'now' && !(await progress.hasBaseline('recent'));
    let signalled = 0;
    for await (const { studies } of dicomweb.studyPages({ studyDate: recent(now()) })) {
      signalled += await compare(studies, isQuiet);
    }
    await progress.markBaseline('recent');
    return signalled;
  }

  async function partOfAll(): Promise<number> {
    const isQuiet = startAt === 'now' && !(await progress.hasBaseline('all'));
    const until = now() + budget.ms;
    let pages = 0;
    let signalled = 0;
    for await (const { studies, end } of dicomweb.studyPages({ offset: await progress.sweep() })) {
      signalled += await compare(studies, isQuiet);
      await progress.moveSweep(end);
      pages += 1;
      if (pages >= budget.pages || now() >= until) return signalled;
    }
    await progress.endSweep();
    await progress.markBaseline('all');
    return signalled;
  }

  return {
    async run() {
      const claim = await progress.claimPass();
      if (!claim) return 0;
      try {
        return (await recentDays()) + (await partOfAll());
      } finally {
        await claim.release();
      }
    },
  };
}

function recent(now: number): StudyDates {
  const day = (offset: number) => new Date(now + offset * DAY_MS).toISOString().slice(0, 10);
  return { from: day(-DAYS_BACK), to: day(DAYS_AHEAD) };
}
