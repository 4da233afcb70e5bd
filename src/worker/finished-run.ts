import type { Outcome, UnitResult } from '../core/index.js';
import type { FinishedRun, StudyRecord } from '../store/index.js';

/**
 * What the statistics keep of a run that has just ended.
 * @param started when a worker took the study, ms since 1970
 * @param record of the study before the run
 */
export function finishedRun(run: {
  outcome: Outcome;
  units: readonly UnitResult[];
  started: number;
  record: StudyRecord | undefined;
  now?: number;
}): FinishedRun {
  const { outcome, units, started, record, now = Date.now() } = run;
  const groups = new Map<string, FinishedRun['results'][number]>();
  for (const { channel, outcome: ended } of units) {
    const group = groups.get(`${channel} ${ended}`) ?? { channel, outcome: ended, units: 0 };
    groups.set(`${channel} ${ended}`, { ...group, units: group.units + 1 });
  }
  // Waiting for somebody to ask is not the system's latency.
  const arrived = record?.round === 'request' ? undefined : record?.arrivedAt;
  return {
    outcome,
    // A study that failed as a whole has no units.
    results: groups.size > 0 ? [...groups.values()] : [{ outcome, units: 0 }],
    frames: units.reduce((sum, { frames }) => sum + (frames?.total ?? 0), 0),
    ...(arrived === undefined ? {} : { latencySeconds: Math.max(0, now - Date.parse(arrived)) / 1000 }),
    workSeconds: (now - started) / 1000,
  };
}
