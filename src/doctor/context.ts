import type { Settings } from '../config/index.js';
import type { Archive } from '../archive/index.js';
import type { Store } from '../store/index.js';
import { THIS_MACHINE, type Machine } from './machine.js';
import { probeArchive, type ArchiveProbe } from './probes/probe-archive.js';
import { probeOrthanc, type OrthancProbe } from './probes/probe-orthanc.js';
import { probeRedis, type RedisProbe } from './probes/probe-redis.js';
import { probeWorkers, type WorkersProbe } from './probes/probe-workers.js';

/** What the checks stand on; the caller owns the connections and closes them. */
export interface DoctorDependencies {
  readonly settings: Settings;
  readonly store: Store;
  readonly archive: Archive;
  /** Whether a small object may be stored in the archive and removed again. */
  readonly mayWrite: boolean;
  readonly machine?: Partial<Machine>;
  /** Opens the engine as a worker here would, for when no worker runs. */
  readonly tryEngine?: () => Promise<{ readonly provider: string }>;
}

/** The parts, and questions that several checks share: each is asked once. */
export interface DoctorContext extends Omit<DoctorDependencies, 'machine'> {
  readonly machine: Machine;
  readonly probes: {
    archive(): Promise<ArchiveProbe>;
    orthanc(): Promise<OrthancProbe>;
    redis(): Promise<RedisProbe>;
    workers(): Promise<WorkersProbe>;
  };
}

/** Makes the context of one run; nothing is asked yet. */
export function openDoctorContext(dependencies: DoctorDependencies): DoctorContext {
  const machine = { ...THIS_MACHINE, ...dependencies.machine };
  const { settings, archive, store } = dependencies;
  const askRedis = once(() => probeRedis(store.server, machine));
  return {
    ...dependencies,
    machine,
    probes: {
      archive: once(() => probeArchive(archive.http, settings.archive.dicomwebUrl, machine)),
      orthanc: once(() => probeOrthanc(archive.http, settings.archive.orthancUrl, machine)),
      redis: askRedis,
      workers: once(async () => {
        if ((await askRedis()).kind === 'unreachable') return { alive: [], gone: 0 };
        return probeWorkers(store.workers, machine);
      }),
    },
  };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}
