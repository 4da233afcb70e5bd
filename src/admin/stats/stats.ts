import type { FinishedRun } from '../../store/index.js';
import { quantile } from './quantile.js';

const HOUR_MS = 3600 * 1000;

/** The middle and the slow end of a number of times, in seconds. */
interface Spread {
  readonly p50?: number | undefined;
  readonly p95?: number | undefined;
}

/** Latency of studies that arrived, from arrival to result, in seconds; of it, waiting and work. */
export interface Latency extends Spread {
  readonly waiting: Spread;
  readonly work: Spread;
  readonly n: number;
}

/** Latency of a number of runs. */
export function latencyOf(runs: readonly FinishedRun[]): Latency {
  const arrived = runs.flatMap(({ latencySeconds, workSeconds }) =>
    latencySeconds === undefined ? [] : [{ latencySeconds, workSeconds }],
  );
  return {
    ...spreadOf(arrived.map(({ latencySeconds }) => latencySeconds)),
    // Clocks of two machines may differ by more than a study waits.
    waiting: spreadOf(
      arrived.map(({ latencySeconds, workSeconds }) => Math.max(0, latencySeconds - workSeconds)),
    ),
    work: spreadOf(arrived.map(({ workSeconds }) => workSeconds)),
    n: arrived.length,
  };
}

function spreadOf(seconds: readonly number[]): Spread {
  const sorted = [...seconds].sort((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
}

/** Begins of the hours that a time touches, oldest first; ms since 1970. */
export function hoursBetween(from: number, to: number): number[] {
  const hours: number[] = [];
  for (let hour = hourOf(from); hour <= to; hour += HOUR_MS) hours.push(hour);
  return hours;
}

/** Items by the begin of their hour. */
export function byHour<T extends { readonly at: number }>(items: readonly T[]): ReadonlyMap<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const hour = hourOf(item.at);
    const group = groups.get(hour);
    if (group) group.push(item);
    else groups.set(hour, [item]);
  }
  return groups;
}

/** In how many runs display units of a channel ended how. */
export function outcomesOf(runs: readonly FinishedRun[]) {
  const counts = new Map<string, { channel: string | null; outcome: string; n: number }>();
  for (const { results } of runs) {
    for (const { channel = null, outcome } of results) {
      const key = `${channel} ${outcome}`;
      counts.set(key, { channel, outcome, n: (counts.get(key)?.n ?? 0) + 1 });
    }
  }
  return [...counts.values()].sort((a, b) => b.n - a.n);
}

const hourOf = (time: number) => Math.floor(time / HOUR_MS) * HOUR_MS;
