import type { Logger } from 'pino';
import type { Settings } from '../../config/index.js';
import type { Store } from '../../store/index.js';
import type { Metrics } from '../../telemetry/index.js';

const HOUR_MS = 3_600_000;
/** Weeks that are looked at. */
const WEEKS = 4;
const RETENTION_HOURS = (WEEKS * 7 + 1) * 24;

/** Notices that studies no longer come, although at this time of the week they usually do. */
export interface SilentFeed {
  /** A study has come that was not here before. */
  arrived(): Promise<void>;
  /** Looks at the last whole hour; to be called every minute or so. @returns whether the feed is silent */
  check(): Promise<boolean>;
}

/** The hour that a time is in, in hours since 1970. */
const hourOf = (time: number) => Math.floor(time / HOUR_MS);

/** The same hour of the week by this machine's clock, whole weeks earlier: nine o'clock stays nine o'clock. */
function weeksBefore(hour: number, weeks: number): number {
  const date = new Date(hour * HOUR_MS);
  date.setDate(date.getDate() - 7 * weeks);
  return hourOf(date.getTime());
}

/** The middle of some numbers, the lower one of two. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

/**
 * Counts of the last four weeks by hour in Redis, shared by all gateways. An hour is usual as far as the median of the
 * same hour in the weeks before says: a holiday or a night of importing old studies does not change it.
 * @param now the clock, ms since 1970
 */
export function openSilentFeed(dependencies: {
  store: Pick<Store, 'feed' | 'events'>;
  settings: Pick<Settings, 'alerts'>;
  metrics: Metrics;
  log: Logger;
  now?: () => number;
}): SilentFeed {
  const { settings, metrics, log, now = Date.now } = dependencies;
  const { feed, events } = dependencies.store;
  const { silentFeedMinimum: minimum, silentFeedWeeks: weeksNeeded } = settings.alerts;

  /** What an hour usually brings; undefined while too little is known. */
  async function usual(hour: number): Promise<number | undefined> {
    const first = (await feed.since()) ?? Infinity;
    const known = Array.from({ length: WEEKS }, (_, i) => weeksBefore(hour, i + 1)).filter((h) => h >= first);
    if (known.length < weeksNeeded) return undefined;
    return median(await feed.counts(known));
  }

  /** What the hour usually brings that has just ended without any study; undefined when that is nothing to tell. */
  async function missed(): Promise<number | undefined> {
    const hour = hourOf(now());
    const lately = await feed.counts([hour - 1, hour]);
    if (lately.some((count) => count > 0)) return undefined;
    const usually = (await usual(hour - 1)) ?? 0;
    return usually >= minimum ? usually : undefined;
  }

  /** Whether a study has come since an alert was raised; there was none yet in the hour of the alert. */
  async function cameSince(raised: number): Promise<boolean> {
    const hours = Array.from({ length: Math.max(1, hourOf(now()) - raised + 1) }, (_, i) => raised + i);
    return (await feed.counts(hours.slice(-RETENTION_HOURS))).some((count) => count > 0);
  }

  function show(silent: boolean): boolean {
    metrics.feedSilent.set(silent ? 1 : 0);
    return silent;
  }

  async function tell(raised: boolean, message: string): Promise<void> {
    if (raised) log.warn({ alert: 'feed-silent' }, message);
    else log.info({ alert: 'feed-silent' }, message);
    await events.publish({
      type: 'alert',
      data: { alert: 'feed-silent', state: raised ? 'raised' : 'cleared', message },
    });
  }

  return {
    async arrived() {
      await feed.add(hourOf(now()));
    },

    async check() {
      await feed.begin(hourOf(now()));
      await feed.forgetBefore(hourOf(now()) - RETENTION_HOURS);
      const raised = await feed.silentSince();
      if (raised !== undefined) {
        // A usually quiet hour does not end the alert of the hour before: only a study does.
        const over = minimum === 0 || (await cameSince(raised));
        if (over && (await feed.clear())) await tell(false, 'Studies come again');
        return show(!over);
      }
      const usually = minimum === 0 ? undefined : await missed();
      if (usually === undefined) return show(false);
      // Of several gateways the one that changes the state tells of it.
      if (await feed.raise(hourOf(now()))) {
        await tell(true, `No study has come for an hour that usually brings ${usually}`);
      }
      return show(true);
    },
  };
}
