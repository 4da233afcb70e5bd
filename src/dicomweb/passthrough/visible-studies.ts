import { LRUCache } from 'lru-cache';
import type { Archive } from '../../archive/index.js';
import { AppError, type StudyRestriction } from '../../core/index.js';

/** How long a label that was put on or taken off may go unnoticed. */
const MAX_AGE_MS = 5000;

/** The studies that a restricted caller may see. */
export type VisibleTo = (restriction: StudyRestriction) => Promise<ReadonlySet<string>>;

/**
 * Named studies, and those that have one of the labels now.
 * @param orthanc whose labels they are
 */
export function openVisibleStudies(orthanc: Archive['orthanc']): VisibleTo {
  const labelled = new LRUCache<string, Promise<readonly string[]>>({ max: 100, ttl: MAX_AGE_MS });

  async function ask(labels: readonly string[]): Promise<readonly string[]> {
    // An Orthanc without labels would answer with every study.
    if (!orthanc || !(await orthanc.system()).labels) {
      throw new AppError('CONFIG_INVALID', 'Restrictions by label need an Orthanc that keeps labels (1.12)', {
        settings: ['archive.orthancUrl'],
      });
    }
    return orthanc.studiesWithLabels(labels);
  }

  function withLabels(labels: readonly string[]): Promise<readonly string[]> {
    const key = labels.join('\0');
    const known = labelled.get(key);
    if (known) return known;
    const asked = ask(labels);
    labelled.set(key, asked);
    asked.catch(() => labelled.delete(key));
    return asked;
  }

  return async ({ labels, studies }) =>
    new Set([...studies, ...(labels.length === 0 ? [] : await withLabels(labels))]);
}
