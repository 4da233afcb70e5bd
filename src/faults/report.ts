import { groupBy } from '../core/index.js';
import type { FaultRun } from './run-faults.js';

/** Several runs as one. */
export type FaultTotals = Omit<FaultRun, 'handles'>;

/** Adds up runs of labs of their own. */
export function total(runs: readonly FaultRun[]): FaultTotals {
  const steps = new Map<string, number>();
  for (const run of runs) {
    for (const [name, times] of run.steps) steps.set(name, (steps.get(name) ?? 0) + times);
  }
  const sum = (of: (run: FaultRun) => number) => runs.reduce((all, run) => all + of(run), 0);
  return {
    faults: runs.flatMap(({ faults }) => faults),
    steps,
    studies: sum(({ studies }) => studies),
    deleted: sum(({ deleted }) => deleted),
    verdicts: runs.flatMap(({ verdicts }) => verdicts),
    leaks: runs.flatMap(({ leaks }) => leaks),
    restarts: sum(({ restarts }) => restarts),
  };
}

/** The tables of docs/reliability.md, in Markdown. */
export function reportFaults(run: FaultTotals): string {
  const kinds = groupBy(run.faults, ({ kind }) => kind);
  const of = (kind: string) => run.verdicts.filter((verdict) => verdict.kind === kind).length;
  return [
    '| fault | times | ready again, s: mean (longest) | all done, s: mean (longest) |',
    '|---|--:|--:|--:|',
    ...[...kinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, taken]) => {
        const ready = spread(taken.map(({ readySeconds }) => readySeconds));
        const settled = spread(taken.flatMap(({ settledSeconds }) => settledSeconds ?? []));
        return `| ${kind} | ${taken.length} | ${ready} | ${settled} |`;
      }),
    '',
    '| what happened to studies meanwhile | times |',
    '|---|--:|',
    ...[...run.steps].sort().map(([name, times]) => `| ${name} | ${times} |`),
    '',
    '| faults | studies | of them deleted | lost | duplicate | untrue | leaks |',
    '|--:|--:|--:|--:|--:|--:|--:|',
    `| ${run.faults.length} | ${run.studies} | ${run.deleted} | ${of('lost')} | ${of('duplicate')} | ${of('untrue')} | ${run.leaks.length} |`,
    ...run.verdicts.map(({ study, kind, why }) => `${kind}: ${why} (${study})`),
    ...run.leaks.map((leak) => `leak: ${leak}`),
  ].join('\n');
}

function spread(seconds: readonly number[]): string {
  if (seconds.length === 0) return '';
  const mean = seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
  return `${mean.toFixed(1)} (${Math.max(...seconds).toFixed(1)})`;
}
