import { hostname } from 'node:os';
import type { LedgerChange } from '../store/index.js';
import type { AuditEvent } from './event.js';

/**
 * What a finished run of a worker is in the audit: it read the study, and where it stored results it sent them to the
 * archive.
 * @param archiveUrl DICOMweb root of the archive
 */
export function runEvents({ record, ended }: LedgerChange, archiveUrl: string): AuditEvent[] {
  if (!ended) return [];
  const { studyInstanceUid: study, outcome, correlationId: requestId = '' } = record;
  const status = outcome === 'failed' ? 500 : 200;
  const archive = { name: archiveUrl, roles: [], address: new URL(archiveUrl).hostname };
  const read: AuditEvent = {
    type: 'DICOM Instances Accessed',
    action: 'R',
    study,
    actor: thisWorker(),
    status,
    operation: 'processStudy',
    requestId,
  };
  const hasResults = record.units.some((unit) => unit.outcome !== 'superseded' && unit.segInstanceUid);
  if (!hasResults || outcome === 'failed') return [read];
  const stored: AuditEvent = {
    type: 'DICOM Instances Transferred',
    direction: 'result',
    study,
    actor: archive,
    status,
    operation: 'storeResult',
    requestId,
  };
  return [read, stored];
}

/** What the audit is told when a worker has deleted superseded results of a study from the archive. */
export const deletionEvent = (study: string, requestId: string) =>
  ({
    type: 'DICOM Instances Accessed',
    action: 'D',
    study,
    actor: thisWorker(),
    status: 200,
    operation: 'deleteSuperseded',
    requestId,
  }) satisfies AuditEvent;

const thisWorker = () => ({ name: 'esp-medsam worker', roles: [], address: hostname() });
