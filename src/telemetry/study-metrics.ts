import { channelsOf, type LedgerChange } from '../store/index.js';
import type { Metrics } from './metrics.js';

/** Counts studies that end in this process: a listener of a worker's ledger. */
export function countStudies(metrics: Metrics): (change: LedgerChange) => void {
  return ({ record, ended }) => {
    if (!ended || record.outcome === undefined) return;
    const channels = channelsOf(record);
    const channel = channels.length > 1 ? 'several' : (channels[0] ?? 'none');
    metrics.studies.inc({ outcome: record.outcome, channel });
    // Waiting for somebody to ask, or for off-peak hours, is not the system's latency.
    if (record.seconds !== undefined && record.outcome !== 'failed' && record.round !== 'request') {
      metrics.studyDuration.observe(record.seconds);
    }
    for (const unit of record.units) {
      if (unit.outcome === 'superseded' || unit.channel === undefined || !unit.frames) continue;
      metrics.frames.inc({ channel: unit.channel }, unit.frames.total);
    }
  };
}
