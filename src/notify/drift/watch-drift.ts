import type { Logger } from 'pino';
import type { Settings } from '../../config/index.js';
import { DRIFT_MEASURES, type DriftFinding, lastWeeks, type Store } from '../../store/index.js';
import type { Metrics } from '../../telemetry/index.js';
import { findDrift, RECENT_WEEKS } from './find-drift.js';

/** Notices that the results of a device are no longer what they were. */
export interface DriftWatch {
  /** Compares the last weeks with those before; to be called every few minutes. */
  check(): Promise<readonly DriftFinding[]>;
}

/**
 * Keeps what it finds in Redis, for the light on every page, and tells of the first finding and of the last one's end: gauge, log
 * line, event. None of the three names a device; what is found does, to whoever may read it.
 * @param now the clock, ms since 1970
 */
export function openDriftWatch(dependencies: {
  store: Pick<Store, 'drift' | 'events'>;
  settings: Pick<Settings, 'alerts'>;
  metrics: Pick<Metrics, 'driftingDevices'>;
  log: Pick<Logger, 'info' | 'warn'>;
  now?: () => number;
}): DriftWatch {
  const { settings, metrics, log, now = Date.now } = dependencies;
  const { drift, events } = dependencies.store;

  async function tell(state: 'raised' | 'cleared', message: string): Promise<void> {
    log[state === 'raised' ? 'warn' : 'info']({ alert: 'drift' }, message);
    await events.publish({ type: 'alert', data: { alert: 'drift', state, message } });
  }

  return {
    async check() {
      const rows = await drift.rows(RECENT_WEEKS + settings.alerts.driftBaselineWeeks, now());
      const found = findDrift(rows, new Set(lastWeeks(RECENT_WEEKS, now())), settings.alerts);
      for (const measure of DRIFT_MEASURES) {
        const devices = new Set(
          found.filter((one) => one.measure === measure).map(({ device }) => JSON.stringify(device)),
        );
        metrics.driftingDevices.set({ measure }, devices.size);
      }
      const before = await drift.keep(found);
      if (before.length === 0 && found.length > 0) {
        await tell(
          'raised',
          'The results of a device differ from those of its own earlier weeks: see the page Drift',
        );
      } else if (before.length > 0 && found.length === 0) {
        await tell('cleared', 'The results of every device are again as in its own earlier weeks');
      }
      return found;
    },
  };
}
