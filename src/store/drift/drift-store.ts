import type { Redis } from 'ioredis';
import { z } from 'zod';
import { channelName } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';
import { type DriftRow, lastWeeks, readDriftRows } from './drift-sums.js';

/** What can drift. */
export const DRIFT_MEASURES = [
  'failed',
  'unsupported',
  'outOfDistribution',
  'empty',
  'predictedDice',
  'area',
] as const;

/** A device whose results of the last two weeks differ from those of its own weeks before. */
export const driftFindingSchema = z.object({
  /** Absent for the devices above the bound, which are summed up as one. */
  device: z.object({ model: z.string(), station: z.string() }).optional(),
  /** Absent where all channels of the device are taken together. */
  channel: channelName.optional(),
  measure: z.enum(DRIFT_MEASURES),
  /** Share or mean, 0–1, of the weeks before. */
  before: z.number(),
  /** The same of the last two weeks. */
  now: z.number(),
  /** Display units that `now` is made of. */
  units: z.number(),
});
export type DriftFinding = z.infer<typeof driftFindingSchema>;

/** Results by device, channel and week, and what was found to have drifted; shared by all gateways. */
export interface DriftStore {
  /** Sums of the last weeks, oldest first. @param now ms since 1970 */
  rows(weeks: number, now?: number): Promise<DriftRow[]>;
  /** What was found last. */
  found(): Promise<DriftFinding[]>;
  /** Keeps what was found. @returns what was kept before: of several gateways the one that changes it tells of it */
  keep(findings: readonly DriftFinding[]): Promise<DriftFinding[]>;
}

export function openDriftStore(redis: Redis, keys: StoreKeys['drift']): DriftStore {
  return {
    async rows(weeks, now = Date.now()) {
      const names = lastWeeks(weeks, now);
      const pipeline = redis.pipeline();
      for (const week of names) pipeline.hgetall(keys.week(week));
      const answers = (await pipeline.exec()) ?? [];
      return names.flatMap((week, index) => {
        const [error, fields] = answers[index] ?? [];
        if (error) throw error;
        return readDriftRows(week, (fields ?? {}) as Record<string, string>);
      });
    },
    async found() {
      return readFindings(await redis.get(keys.found));
    },
    async keep(findings) {
      return readFindings(await redis.getset(keys.found, JSON.stringify(findings)));
    },
  };
}

function readFindings(text: string | null): DriftFinding[] {
  try {
    return z.array(driftFindingSchema).parse(JSON.parse(text ?? '[]'));
  } catch {
    return [];
  }
}
