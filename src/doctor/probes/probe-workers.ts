import type { KnownWorker, WorkerRegistry } from '../../store/index.js';
import type { Machine } from '../machine.js';

export interface WorkersProbe {
  readonly alive: readonly KnownWorker[];
  /** Workers that were seen within the last hour and did not sign off. */
  readonly gone: number;
}

/** Asks Redis for what the workers say of themselves. */
export async function probeWorkers(
  registry: Pick<WorkerRegistry, 'known'>,
  machine: Machine,
): Promise<WorkersProbe> {
  const workers = await registry.known(machine.now());
  const alive = workers.filter((worker) => worker.alive);
  return { alive, gone: workers.length - alive.length };
}
