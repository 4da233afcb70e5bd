import { isUid, type Uid } from '../core/index.js';
import { stringOf, TAG } from '../dicom/index.js';
import { type DicomwebClient, studyInstances } from '../archive/index.js';
import type { IntakeProgress } from '../store/index.js';

const PAGE = 200;

/** Compares the archive's study list with what was seen before, for signals that no one delivered. */
export interface Reconcile {
  /** @returns number of studies signalled */
  run(): Promise<number>;
}

/**
 * @param startAt `now`: the first pass ever only takes note of what is there
 * @param signal called before the study counts as seen
 */
export function openReconcile(dependencies: {
  progress: Pick<IntakeProgress, 'seen' | 'markSeen' | 'hasBaseline' | 'markBaseline'>;
  dicomweb: DicomwebClient;
  startAt: 'now' | 'beginning';
  signal: (study: Uid) => Promise<void>;
}): Reconcile {
  const { progress, dicomweb, signal } = dependencies;

  return {
    async run() {
      const quiet = dependencies.startAt === 'now' && !(await progress.hasBaseline());
      const visited = new Set<Uid>();
      let signalled = 0;
      for (let offset = 0; ; offset += PAGE) {
        const page = await dicomweb.searchStudies({ limit: PAGE, offset });
        const before = visited.size;
        for (const study of page) {
          const uid = stringOf(study, TAG.StudyInstanceUID);
          if (!isUid(uid) || visited.has(uid)) continue;
          visited.add(uid);
          const count = String(studyInstances(study) ?? 'unknown');
          if ((await progress.seen(uid)) === count) continue;
          if (!quiet) {
            await signal(uid);
            signalled += 1;
          }
          await progress.markSeen(uid, count);
        }
        // An archive that ignores offset sends its first page for ever: stop when a page brings no other study.
        if (page.length < PAGE || visited.size === before) break;
      }
      await progress.markBaseline(new Date());
      return signalled;
    },
  };
}
