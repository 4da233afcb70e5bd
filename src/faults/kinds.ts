import type { Random } from '../phantom/index.js';
import type { ProxyMode } from './faulty-proxy.js';
import type { Lab, Part } from './lab.js';

/** Something that goes wrong, and how it ends. */
export interface FaultKind {
  readonly name: string;
  /** Seconds that it lasts, at least and at most. */
  readonly lasts: readonly [number, number];
  begin(lab: Lab, random: Random): Promise<void> | void;
  end(lab: Lab): Promise<void> | void;
}

const one = <T>(all: readonly T[], random: Random): T => all[random.whole(0, all.length - 1)]!;
const startAll = async (parts: readonly Part[]) => {
  for (const part of parts) await part.start();
};
const signal = (pid: number | undefined, name: NodeJS.Signals) => {
  if (pid !== undefined) process.kill(pid, name);
};

const ended = (
  name: string,
  of: (lab: Lab) => readonly Part[],
  by: NodeJS.Signals,
  lasts: FaultKind['lasts'],
): FaultKind => ({
  name,
  lasts,
  begin: (lab, random) => one(of(lab), random).end(by),
  end: (lab) => startAll(of(lab)),
});

const paused = (name: string, of: (lab: Lab) => Part, lasts: FaultKind['lasts']): FaultKind => ({
  name,
  lasts,
  begin: (lab) => signal(of(lab).pid(), 'SIGSTOP'),
  end: (lab) => signal(of(lab).pid(), 'SIGCONT'),
});

const proxied = (name: string, mode: ProxyMode, lasts: FaultKind['lasts']): FaultKind => ({
  name,
  lasts,
  begin: ({ proxy }) => proxy.set(mode),
  end: ({ proxy }) => proxy.set({ kind: 'pass' }),
});

const redisSet = (name: string, begin: readonly string[], end: readonly string[]): FaultKind => ({
  name,
  lasts: [1, 4],
  begin: (lab) => void lab.redisCommand(...begin),
  end: (lab) => void lab.redisCommand(...end),
});

/** Every kind of fault of the run; a new one is a line here. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ended('gateway killed', ({ gateways }) => gateways, 'SIGKILL', [0, 2]),
  ended('gateway stopped', ({ gateways }) => gateways, 'SIGTERM', [0, 2]),
  ended('worker killed', ({ workers }) => workers, 'SIGKILL', [0, 2]),
  ended('worker stopped', ({ workers }) => workers, 'SIGTERM', [0, 2]),
  {
    name: 'engine killed',
    lasts: [0, 0],
    begin: (lab, random) => {
      for (const pid of lab.enginesOf(one(lab.workers, random))) signal(pid, 'SIGKILL');
    },
    end: () => undefined,
  },
  ended('Redis stopped, AOF kept', ({ redis }) => [redis], 'SIGTERM', [0, 3]),
  ended('Redis killed', ({ redis }) => [redis], 'SIGKILL', [0, 3]),
  paused('Redis hangs', ({ redis }) => redis, [1, 4]),
  {
    name: 'Redis emptied',
    lasts: [0, 0],
    begin: (lab) => void lab.redisCommand('FLUSHALL'),
    end: () => undefined,
  },
  redisSet('Redis read-only', ['REPLICAOF', '127.0.0.1', '9'], ['REPLICAOF', 'NO', 'ONE']),
  redisSet('Redis full', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']),
  ended('Orthanc stopped', ({ orthanc }) => [orthanc], 'SIGTERM', [0, 3]),
  ended('Orthanc killed', ({ orthanc }) => [orthanc], 'SIGKILL', [0, 3]),
  paused('Orthanc hangs', ({ orthanc }) => orthanc, [1, 4]),
  proxied('archive answers 500', { kind: 'status', status: 500 }, [1, 4]),
  proxied('archive answers 503', { kind: 'status', status: 503 }, [1, 4]),
  proxied('archive answers 404', { kind: 'status', status: 404 }, [1, 4]),
  proxied('archive slow', { kind: 'slow', ms: 700 }, [2, 5]),
  proxied('archive resets', { kind: 'reset', when: 'before' }, [1, 4]),
  proxied('archive loses answers', { kind: 'reset', when: 'after' }, [1, 4]),
  proxied('archive caps pages', { kind: 'page-cap', rows: 2 }, [2, 5]),
];
