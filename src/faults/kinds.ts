import { spawnSync } from 'node:child_process';
import type { Random } from '../phantom/index.js';
import type { Moment, ProxyMode } from './faulty-proxy.js';
import type { Lab, OurPart } from './lab.js';
import type { Part } from './part.js';
import type { RedisForm } from './redis-servers.js';

/** Something that goes wrong, and how it ends. */
export interface FaultKind {
  readonly name: string;
  /** Seconds that it lasts, at least and at most. */
  readonly lasts: readonly [number, number];
  /** The Redis it needs; any without. */
  readonly redis?: RedisForm;
  /** @param send stores a study that gets a SEG, for a fault that waits for one */
  begin(lab: Lab, random: Random, send: () => void): Promise<void> | void;
  end(lab: Lab): Promise<void> | void;
}

/** How long a study may take to reach the moment at which a process is to be killed. */
const REACHED_MS = 300_000;
const HOUR = 3600;

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
  redis?: RedisForm,
): FaultKind => ({
  name,
  lasts,
  ...(redis && { redis }),
  begin: (lab, random) => one(of(lab), random).end(by),
  end: (lab) => startAll(of(lab)),
});

const paused = (name: string, of: (lab: Lab) => Part, redis?: RedisForm): FaultKind => ({
  name,
  lasts: [1, 4],
  ...(redis && { redis }),
  begin: (lab) => signal(of(lab).pid(), 'SIGSTOP'),
  end: (lab) => signal(of(lab).pid(), 'SIGCONT'),
});

const proxied = (name: string, mode: ProxyMode, lasts: FaultKind['lasts'] = [1, 4]): FaultKind => ({
  name,
  lasts,
  begin: (lab) => lab.setArchive(mode),
  end: (lab) => lab.setArchive({ kind: 'pass' }),
});

const redisSet = (name: string, begin: readonly string[], end: readonly string[]): FaultKind => ({
  name,
  lasts: [1, 4],
  redis: 'single',
  begin: (lab) => void lab.redisCommand(...begin),
  end: (lab) => void lab.redisCommand(...end),
});

/** Nothing more can be written, as on a full disk: by a limit on the size of files, which needs no disk of its own. */
const diskFull = (name: string, of: (lab: Lab) => Part, redis?: RedisForm): FaultKind => ({
  name,
  lasts: [1, 4],
  ...(redis && { redis }),
  begin: (lab) => limitFiles(of(lab).pid(), '1:'),
  end: (lab) => limitFiles(of(lab).pid(), 'unlimited:'),
});

function limitFiles(pid: number | undefined, limit: string): void {
  const { status, stderr, error } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${limit}`], {
    encoding: 'utf8',
  });
  if (error ?? status !== 0) throw new Error(`prlimit: ${error?.message ?? stderr}`);
}

const clockJumps = (name: string, of: (lab: Lab) => readonly OurPart[], seconds: number): FaultKind => ({
  name,
  lasts: [2, 5],
  begin: (lab, random) => one(of(lab), random).jumpClock(seconds),
  end: (lab) => {
    for (const part of of(lab)) part.jumpClock(0);
  },
});

/** Whichever process comes to the moment first is killed there. */
const killedAt = (name: string, of: (lab: Lab) => readonly OurPart[], moment: Moment): FaultKind => ({
  name,
  lasts: [0, 1],
  async begin(lab, _random, send) {
    const parts = of(lab);
    let isSprung = false;
    const reached = new Promise<void>((resolve, reject) => {
      const late = () => reject(new Error(`no study came to the moment: ${name}`));
      const timer = setTimeout(late, REACHED_MS);
      for (const part of parts) {
        part.proxy.trap(moment, () => {
          // Two may be on their way there.
          if (isSprung) return;
          isSprung = true;
          for (const { proxy } of parts) proxy.disarm();
          clearTimeout(timer);
          part.end('SIGKILL').then(resolve, reject);
        });
      }
    });
    send();
    await reached;
  },
  end: (lab) => startAll(of(lab)),
});

const workers = (lab: Lab) => lab.workers;
const gateways = (lab: Lab) => lab.gateways;
const redis = (lab: Lab) => lab.redis;
const orthanc = (lab: Lab) => lab.orthanc;

/** The steps of a study's way by the request that ends or begins each. */
const LISTING = { method: 'GET', path: /^\/dicom-web\/studies\/[^/?]+\/instances\?/ };
const HEADERS = { method: 'GET', path: /\/series\/[^/]+\/metadata/ };
const FRAME = { method: 'GET', path: /\/frames\/\d+$/ };
const STORE = { method: 'POST', path: /^\/dicom-web\/studies(\/|$)/ };
const READ_BACK = { method: 'GET', path: /\/bulk\// };
const TAGGING = { method: 'PUT', path: /^\/studies\/[^/]+\/(metadata|labels)\// };
const CHANGES = { method: 'GET', path: /^\/changes\?since/ };

/** Every kind of fault of the run; a new one is a line here. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ended('gateway killed', gateways, 'SIGKILL', [0, 2]),
  ended('gateway stopped', gateways, 'SIGTERM', [0, 2]),
  ended('worker killed', workers, 'SIGKILL', [0, 2]),
  ended('worker stopped', workers, 'SIGTERM', [0, 2]),
  killedAt('worker killed once it knows the instances', workers, { ...LISTING, when: 'done' }),
  killedAt('worker killed once it has the headers', workers, { ...HEADERS, when: 'answered' }),
  killedAt('worker killed as it asks for a frame', workers, { ...FRAME, when: 'asked' }),
  killedAt('worker killed with a frame in work', workers, { ...FRAME, when: 'answered' }),
  killedAt('worker killed before the SEG is stored', workers, { ...STORE, when: 'asked' }),
  killedAt('worker killed when the SEG is stored, untold', workers, { ...STORE, when: 'done' }),
  killedAt('worker killed when it knows the SEG is stored', workers, { ...STORE, when: 'answered' }),
  killedAt('worker killed as it reads the SEG back', workers, { ...READ_BACK, when: 'done' }),
  killedAt('worker killed before the tag is set', workers, { ...TAGGING, when: 'asked' }),
  killedAt('worker killed when the tag is set, untold', workers, { ...TAGGING, when: 'done' }),
  killedAt('worker killed before the ledger says done', workers, { ...TAGGING, when: 'answered' }),
  killedAt('gateway killed with changes read', gateways, { ...CHANGES, when: 'answered' }),
  {
    name: 'engine killed',
    lasts: [0, 0],
    begin: (lab, random) => {
      for (const pid of lab.enginesOf(one(lab.workers, random))) signal(pid, 'SIGKILL');
    },
    end: () => undefined,
  },
  ended('Redis stopped, AOF kept', (lab) => [lab.redis], 'SIGTERM', [0, 3], 'single'),
  ended('Redis killed', (lab) => [lab.redis], 'SIGKILL', [0, 3], 'single'),
  paused('Redis hangs', redis, 'single'),
  {
    name: 'Redis fails over',
    lasts: [0, 2],
    redis: 'sentinel',
    begin: (lab) => lab.failOver(),
    end: () => undefined,
  },
  {
    name: 'Redis emptied',
    lasts: [0, 0],
    begin: (lab) => void lab.redisCommand('FLUSHALL'),
    end: () => undefined,
  },
  redisSet('Redis read-only', ['REPLICAOF', '127.0.0.1', '9'], ['REPLICAOF', 'NO', 'ONE']),
  redisSet('Redis out of memory', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']),
  diskFull('disk of Redis full', redis, 'single'),
  ended('Orthanc stopped', (lab) => [lab.orthanc], 'SIGTERM', [0, 3]),
  ended('Orthanc killed', (lab) => [lab.orthanc], 'SIGKILL', [0, 3]),
  paused('Orthanc hangs', orthanc),
  diskFull('disk of Orthanc full', orthanc),
  proxied('archive answers 500', { kind: 'status', status: 500 }),
  proxied('archive answers 503', { kind: 'status', status: 503 }),
  proxied('archive answers 404', { kind: 'status', status: 404 }),
  proxied('archive slow', { kind: 'slow', ms: 700 }, [2, 5]),
  proxied('archive resets', { kind: 'reset', when: 'before' }),
  proxied('archive loses answers', { kind: 'reset', when: 'after' }),
  proxied('archive caps pages', { kind: 'page-cap', rows: 2 }, [2, 5]),
  clockJumps('worker an hour ahead', workers, HOUR),
  clockJumps('worker an hour behind', workers, -HOUR),
  clockJumps('gateway an hour ahead', gateways, HOUR),
  clockJumps('gateway an hour behind', gateways, -HOUR),
];
