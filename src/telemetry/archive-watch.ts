import type { Metrics } from './metrics.js';

const VERBS = new Set(['qido', 'wado', 'stow', 'orthanc']);

/**
 * Counts requests to the archive.
 * @returns to be told of each: what was asked for, in the words of the archive's clients (`WADO frame`), and the
 * status of the answer, undefined without one
 */
export function countArchiveRequests(metrics: Metrics): (what: string, status: number | undefined) => void {
  return (what, status) => {
    const first = what.split(' ')[0]!.toLowerCase();
    metrics.archiveRequests.inc({ verb: VERBS.has(first) ? first : 'other', status: status ?? 'none' });
  };
}
