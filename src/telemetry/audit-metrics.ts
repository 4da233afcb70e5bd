import type { Metrics } from './metrics.js';

/** What an audit has counted since its process began. */
interface AuditCounts {
  readonly sent: number;
  readonly waiting: number;
  readonly dropped: number;
  readonly linesLost: number;
}

/** Shows an audit's counts as metrics, as they are when the metrics are read. */
export function countAudit(metrics: Metrics, audit: { counts(): AuditCounts }): void {
  let before: AuditCounts = { sent: 0, waiting: 0, dropped: 0, linesLost: 0 };
  const refresh = async () => {
    const now = audit.counts();
    metrics.auditMessages.inc({ result: 'sent' }, now.sent - before.sent);
    metrics.auditMessages.inc({ result: 'dropped' }, now.dropped - before.dropped);
    metrics.auditLinesLost.inc(now.linesLost - before.linesLost);
    metrics.auditWaiting.set(now.waiting);
    before = now;
  };
  metrics.beforeScrape(refresh);
}
