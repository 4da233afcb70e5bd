import type { Metrics } from './metrics.js';

/**
 * Counts requests to the archive.
 * @returns to be told of each: the service of DICOMweb or Orthanc, and the status of the answer, undefined without one
 */
export function countArchiveRequests(
  metrics: Metrics,
): (service: string, status: number | undefined) => void {
  return (service, status) => {
    metrics.archiveRequests.inc({ verb: service, status: status ?? 'none' });
  };
}
