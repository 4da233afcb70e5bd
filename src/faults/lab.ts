import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetch } from 'undici';
import {
  freePort,
  type GatewayClient,
  gatewayClient,
  type LocalProcess,
  startLocalOrthanc,
  startLocalProcess,
  startLocalRedis,
} from '../demo/index.js';
import { type FaultyProxy, startFaultyProxy } from './faulty-proxy.js';

/** A process of the lab that can be ended and started again, under the same name and address. */
export interface Part {
  readonly name: string;
  pid(): number | undefined;
  start(): Promise<void>;
  end(signal: NodeJS.Signals): Promise<void>;
}

/** A gateway of the lab. */
export type Gateway = Part & { readonly client: GatewayClient; readonly base: string };

/** A private Redis and Orthanc, a proxy between Orthanc and us, two gateways and two workers. */
export interface Lab {
  readonly redis: Part;
  readonly orthanc: Part;
  readonly proxy: FaultyProxy;
  readonly gateways: readonly Gateway[];
  readonly workers: readonly Part[];
  readonly orthancUrl: string;
  readonly dicomwebUrl: string;
  /** Sends a command to Redis with redis-cli. @throws Error with its answer when that is an error */
  redisCommand(...words: string[]): string;
  /** Engines of a worker. */
  enginesOf(worker: Part): number[];
  /** Whether both gateways say that they are ready. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

/** Quick enough that a fault is over in seconds; everything else as it is by default. */
const SETTINGS = {
  ESP_INTAKE_QUIET_SECONDS: '0.5',
  ESP_INTAKE_CHANGES_INTERVAL_SECONDS: '0.5',
  ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '5',
  // A Redis that has lost everything is filled again from the archive.
  ESP_INTAKE_START_AT: 'beginning',
  ESP_WORKER_LOCK_SECONDS: '5',
  ESP_WORKER_BACKOFF_SECONDS: '1',
  ESP_WORKER_ATTEMPTS: '8',
};

/** Starts everything. @param root of this project, built */
export async function startLab(root: string, dir: string): Promise<Lab> {
  mkdirSync(dir, { recursive: true });
  const [redisPort, orthancPort] = [await freePort(), await freePort()];
  const redis = part('redis', () => startLocalRedis(join(dir, 'redis'), redisPort));
  const orthanc = part('orthanc', () =>
    startLocalOrthanc(join(dir, 'orthanc'), orthancPort, { StableAge: 1, OverwriteInstances: true }),
  );
  const orthancUrl = `http://127.0.0.1:${orthancPort}`;
  const proxy = await startFaultyProxy(orthancUrl);
  const environment = {
    ...process.env,
    ...SETTINGS,
    ESP_REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    ESP_ARCHIVE_DICOMWEB_URL: `${proxy.url}/dicom-web`,
    ESP_ARCHIVE_ORTHANC_URL: proxy.url,
  };
  const ours = (name: string, role: string, port: number, ready: (log: string) => Promise<void>) => {
    let starts = 0;
    return part(name, () => {
      const logFile = join(dir, `${name}-${(starts += 1)}.log`);
      const env = { ...environment, ESP_GATEWAY_PORT: String(port) };
      const args = [join(root, 'dist/cli/main.js'), role];
      return startLocalProcess({
        command: process.execPath,
        args,
        logFile,
        env,
        ready: () => ready(logFile),
      });
    });
  };
  const gateways: Gateway[] = [];
  for (const number of [1, 2]) {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const gateway = ours(`gateway-${number}`, 'serve', port, () => answers(`${base}/healthz`));
    gateways.push({ ...gateway, base, client: gatewayClient(base) });
  }
  const workers = [1, 2].map((number) =>
    ours(`worker-${number}`, 'worker', 0, async (log) => {
      if (!readFileSync(log, 'utf8').includes('worker takes studies')) throw new Error('not ready');
    }),
  );
  const all = [redis, orthanc, ...gateways, ...workers];
  for (const one of all) await one.start();

  return {
    redis,
    orthanc,
    proxy,
    gateways,
    workers,
    orthancUrl,
    dicomwebUrl: `${orthancUrl}/dicom-web`,
    redisCommand(...words) {
      const { stdout, error } = spawnSync('redis-cli', ['-p', String(redisPort), ...words], {
        encoding: 'utf8',
      });
      if (error) throw new Error('redis-cli does not run: apt-get install redis-tools', { cause: error });
      return stdout.trim();
    },
    enginesOf: (worker) => childrenOf(worker.pid()),
    async ready() {
      const asked = gateways.map(({ base }) => answers(`${base}/readyz`));
      return (await Promise.allSettled(asked)).every(({ status }) => status === 'fulfilled');
    },
    async close() {
      proxy.set({ kind: 'pass' });
      for (const one of all.reverse()) await one.end('SIGTERM').catch(() => undefined);
      proxy.close();
    },
  };
}

function part(name: string, open: () => Promise<LocalProcess>): Part {
  let running: LocalProcess | undefined;
  return {
    name,
    pid: () => running?.pid,
    async start() {
      running ??= await open();
    },
    async end(signal) {
      const ending = running;
      running = undefined;
      await ending?.stop(signal);
    },
  };
}

async function answers(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`answered ${response.status}`);
}

/** Processes that another one has started, as Linux tells. */
function childrenOf(parent: number | undefined): number[] {
  if (parent === undefined) return [];
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}
