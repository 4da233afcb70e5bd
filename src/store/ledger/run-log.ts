import type { Redis } from 'ioredis';
import { z } from 'zod';
import { channelName, OUTCOMES, type UnitObservation } from '../../core/index.js';
import { DRIFT_RETENTION_WEEKS, driftSumsOf, MAX_DEVICES, weekOf } from '../drift/drift-sums.js';
import type { StoreKeys } from '../keys.js';
import { ADD_RUN } from '../scripts/add-run.js';
import { runScript } from '../scripts/script.js';
import { parsed } from './parsed.js';
import type { UnreadableListener } from './unreadable.js';

const finishedRunSchema = z.object({
  outcome: z.enum(OUTCOMES),
  /** How often display units of a channel ended how; without a channel when none was decided. */
  results: z.array(
    z.object({ channel: channelName.optional(), outcome: z.enum(OUTCOMES), units: z.number() }),
  ),
  /** Frames segmented. */
  frames: z.number(),
  /** Seconds from arrival to result; absent where the run was asked for and did not begin with an arrival. */
  latencySeconds: z.number().optional(),
  /** Seconds that a worker spent. */
  workSeconds: z.number(),
});

/** How a run of a study ended, as statistics need it: nothing that identifies the study. */
export type FinishedRun = z.infer<typeof finishedRunSchema>;

/** What was done on one day (UTC). */
export interface DayUsage {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** Runs that ended. */
  readonly studies: number;
  readonly byOutcome: Readonly<Record<string, number>>;
  /** Runs with at least one display unit of the channel; channels without any are left out. */
  readonly byChannel: Readonly<Record<string, number>>;
  readonly frames: number;
  /** Seconds that workers spent. */
  readonly seconds: number;
}

/** The ends of runs: single ones for some days, sums by day for years. */
export interface RunLog {
  /**
   * Notes the end of a run once: a repeat with the same correlation id changes nothing.
   * @param now ms since 1970
   * @param seen what its display units tell of their devices; summed up by week
   */
  add(
    correlationId: string,
    run: FinishedRun,
    now?: number,
    seen?: readonly UnitObservation[],
  ): Promise<void>;
  /** Runs that ended in a time, oldest first; without those that cannot be read. */
  between(from: number, to: number): Promise<{ at: number; run: FinishedRun }[]>;
  /** When studies were seen first, oldest first; ms since 1970. */
  arrivals(from: number, to: number): Promise<number[]>;
  /** Sums of the days named; days without a run have zeros. */
  usage(days: readonly string[]): Promise<DayUsage[]>;
}

/** Single runs are kept for this long; statistics reach no further back. */
export const RUN_RETENTION_DAYS = 8;
const USAGE_RETENTION_DAYS = 1100;
const DAY_MS = 24 * 3600 * 1000;

/** @param onUnreadable hears of runs that are left out */
export function openRunLog(
  redis: Redis,
  { ledger, drift }: Pick<StoreKeys, 'ledger' | 'drift'>,
  onUnreadable: UnreadableListener,
): RunLog {
  return {
    async add(correlationId, run, now = Date.now(), seen = []) {
      const week = weekOf(now);
      const ofTheWeek = [drift.week(week), drift.devices(week)] as const;
      const keys = [ledger.runs, ledger.run, ledger.usage(dayOf(now)), ...ofTheWeek] as const;
      const oldest = now - RUN_RETENTION_DAYS * DAY_MS;
      const sums = JSON.stringify(sumsOf(run));
      const expiry = USAGE_RETENTION_DAYS * 24 * 3600;
      const devices = JSON.stringify(driftSumsOf(seen));
      const weeksExpiry = DRIFT_RETENTION_WEEKS * 7 * 24 * 3600;
      const text = JSON.stringify(run);
      const args = [correlationId, now, oldest, text, sums, expiry, devices, weeksExpiry, MAX_DEVICES];
      await runScript(redis, ADD_RUN, keys, ...args);
    },

    async between(from, to) {
      const flat = await redis.zrangebyscore(ledger.runs, from, to, 'WITHSCORES');
      const found: { at: number; run: FinishedRun }[] = [];
      for (let start = 0; start < flat.length; start += 2000) {
        const page = flat.slice(start, start + 2000);
        const ids = page.filter((_, index) => index % 2 === 0);
        const texts = await redis.hmget(ledger.run, ...ids);
        for (const [index, text] of texts.entries()) {
          // A run may have been dropped between the two questions.
          if (text === null) continue;
          const { data: run } = finishedRunSchema.safeParse(parsed(text));
          if (run) found.push({ at: Number(page[2 * index + 1]), run });
          else onUnreadable('run', ids[index]!);
        }
      }
      return found;
    },

    async arrivals(from, to) {
      const flat = await redis.zrangebyscore(ledger.arrived, from, to, 'WITHSCORES');
      return flat.filter((_, index) => index % 2 === 1).map(Number);
    },

    async usage(days) {
      const pipeline = redis.pipeline();
      for (const day of days) pipeline.hgetall(ledger.usage(day));
      const answers = (await pipeline.exec()) ?? [];
      return days.map((day, index) => {
        const [error, fields] = answers[index] ?? [];
        if (error) throw error;
        return readUsage(day, (fields ?? {}) as Record<string, string>);
      });
    },
  };
}

/** The day of a time, UTC, as `YYYY-MM-DD`. */
export const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

function sumsOf(run: FinishedRun): Record<string, number> {
  const sums: Record<string, number> = {
    studies: 1,
    [`outcome:${run.outcome}`]: 1,
    frames: run.frames,
    seconds: Math.round(run.workSeconds * 1000) / 1000,
  };
  for (const { channel } of run.results) if (channel) sums[`channel:${channel}`] = 1;
  return sums;
}

/** What a day has sums of, of a kind. */
function namesIn(fields: Readonly<Record<string, string>>, kind: string): string[] {
  return Object.keys(fields).flatMap((field) =>
    field.startsWith(`${kind}:`) ? [field.slice(kind.length + 1)] : [],
  );
}

function readUsage(day: string, fields: Record<string, string>): DayUsage {
  const value = (field: string) => {
    const number = Number(fields[field] ?? 0);
    return Number.isFinite(number) ? number : 0;
  };
  const all = (names: readonly string[], kind: string) =>
    Object.fromEntries(names.map((name) => [name, value(`${kind}:${name}`)]));
  return {
    day,
    studies: value('studies'),
    byOutcome: all(OUTCOMES, 'outcome'),
    byChannel: all(namesIn(fields, 'channel'), 'channel'),
    frames: value('frames'),
    seconds: value('seconds'),
  };
}
