import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  freePort,
  type GatewayClient,
  gatewayClient,
  mustAnswer,
  startLocalOrthanc,
  startLocalProcess,
} from '../demo/index.js';
import { writeBrightModel } from './bright-model.js';
import { type FaultyProxy, type ProxyMode, startFaultyProxy } from './faulty-proxy.js';
import { part, type Part } from './part.js';
import { childrenOf } from './processes.js';
import { type RedisForm, startRedisServers } from './redis-servers.js';

/** A process of ours, with its own way to the archive and its own clock. */
export interface OurPart extends Part {
  readonly proxy: FaultyProxy;
  /** Where it tells its metrics; of a worker only where the lab asks for them. */
  readonly metricsUrl: string;
  /** Sets its clock so many seconds ahead of the machine's, or behind; a start sets it right. */
  jumpClock(seconds: number): void;
}

/** A gateway of the lab. */
export interface Gateway extends OurPart {
  readonly client: GatewayClient;
  readonly base: string;
}

/** A private Redis and Orthanc, two gateways and two workers, and a proxy between each of these and Orthanc. */
export interface Lab {
  /** The server that the lab was started with. */
  readonly redis: Part;
  readonly orthanc: Part;
  readonly gateways: readonly Gateway[];
  readonly workers: readonly OurPart[];
  readonly orthancUrl: string;
  readonly dicomwebUrl: string;
  /** What happens between the archive and all of ours. */
  setArchive(mode: ProxyMode): void;
  /** Sends a command to the Redis that is written to. @returns what redis-cli prints */
  redisCommand(...words: string[]): string;
  /** Makes the replica the one that is written to. */
  failOver(): Promise<void>;
  /** Engines of a worker. */
  enginesOf(worker: Part): number[];
  /** Starts again what has ended by itself, as a service manager does. @returns names */
  restartEnded(): Promise<string[]>;
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
  ESP_WORKER_BACKOFF_SECONDS: '0.5',
  ESP_WORKER_ATTEMPTS: '8',
  ESP_ENGINE_THREADS: '1',
};
const CLOCK = fileURLToPath(new URL('clock.js', import.meta.url)).replace('/src/faults/', '/dist/faults/');

/**
 * Starts everything.
 * @param root of this project, built
 * @param options.settings of ours, as environment variables, over those of the lab
 * @param options.archive further configuration of Orthanc
 * @param options.metrics whether workers offer their metrics
 */
export async function startLab(
  root: string,
  dir: string,
  options: {
    redis?: RedisForm;
    settings?: Readonly<Record<string, string>>;
    archive?: Readonly<Record<string, unknown>>;
    metrics?: boolean;
  } = {},
): Promise<Lab> {
  mkdirSync(dir, { recursive: true });
  const redisServers = await startRedisServers(join(dir, 'redis'), options.redis ?? 'single');
  const orthancPort = await freePort();
  const orthanc = part('orthanc', () =>
    startLocalOrthanc(
      join(dir, 'orthanc'),
      orthancPort,
      { StableAge: 1, OverwriteInstances: true, ...options.archive },
      { outlivesFullDisk: true },
    ),
  );
  const orthancUrl = `http://127.0.0.1:${orthancPort}`;
  const manifest = writeBrightModel(join(dir, 'model'));
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('ESP_'));
  const environment = {
    ...Object.fromEntries(inherited),
    ...SETTINGS,
    ...redisServers.settings,
    ESP_MODEL_MANIFEST: manifest,
    ESP_MODEL_DIRECTORY: join(dir, 'model'),
    ...options.settings,
  };

  async function ours(name: string, role: string, port: number, ready: (log: string) => Promise<void>) {
    const proxy = await startFaultyProxy(orthancUrl);
    const clockFile = join(dir, `${name}.clock`);
    // A port more that something else could have when a killed worker starts again: only where it is looked at.
    const workerPort = options.metrics ? await freePort() : 0;
    const metricsUrl = `http://127.0.0.1:${role === 'worker' ? workerPort : port}/metrics`;
    let starts = 0;
    const running = part(name, () => {
      const logFile = join(dir, `${name}-${(starts += 1)}.log`);
      return startLocalProcess({
        command: process.execPath,
        args: ['--import', CLOCK, join(root, 'dist/cli/main.js'), role],
        logFile,
        env: {
          ...environment,
          ESP_GATEWAY_PORT: String(port),
          ESP_METRICS_WORKER_PORT: String(workerPort),
          ESP_ARCHIVE_DICOMWEB_URL: `${proxy.url}/dicom-web`,
          ESP_ARCHIVE_ORTHANC_URL: proxy.url,
          FAULTS_CLOCK_FILE: clockFile,
        },
        ready: () => ready(logFile),
      });
    });
    const jumpClock = (seconds: number) => {
      const pid = running.pid();
      writeFileSync(clockFile, String(seconds));
      if (pid !== undefined) process.kill(pid, 'SIGUSR2');
    };
    return { ...running, proxy, metricsUrl, jumpClock };
  }

  const gateways: Gateway[] = [];
  for (const number of [1, 2]) {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const gateway = await ours(`gateway-${number}`, 'serve', port, () => answers(`${base}/healthz`));
    gateways.push({ ...gateway, base, client: gatewayClient(base) });
  }
  const workers: OurPart[] = [];
  for (const number of [1, 2]) {
    const takesStudies = async (log: string) => {
      if (!readFileSync(log, 'utf8').includes('worker takes studies')) throw new Error('not ready');
    };
    workers.push(await ours(`worker-${number}`, 'worker', 0, takesStudies));
  }
  const ourParts: OurPart[] = [...gateways, ...workers];
  const all: Part[] = [redisServers.primary, orthanc, ...ourParts];
  const lab: Lab = {
    redis: redisServers.primary,
    orthanc,
    gateways,
    workers,
    orthancUrl,
    dicomwebUrl: `${orthancUrl}/dicom-web`,
    setArchive(mode) {
      for (const { proxy } of ourParts) proxy.set(mode);
    },
    redisCommand(...words) {
      const port = String(redisServers.writablePort());
      const { stdout, error } = spawnSync('redis-cli', ['-p', port, ...words], { encoding: 'utf8' });
      if (error) throw new Error('redis-cli does not run: apt-get install redis-tools', { cause: error });
      return stdout.trim();
    },
    failOver: () => redisServers.failOver(),
    enginesOf: (worker) => childrenOf(worker.pid()),
    async restartEnded() {
      const ended = all.filter((one) => one.hasEnded());
      for (const one of ended) await one.end('SIGKILL').then(() => one.start());
      return ended.map(({ name }) => name);
    },
    async ready() {
      const asked = gateways.map(({ base }) => answers(`${base}/readyz`));
      return (await Promise.allSettled(asked)).every(({ status }) => status === 'fulfilled');
    },
    async close() {
      lab.setArchive({ kind: 'pass' });
      for (const one of all.toReversed()) await one.end('SIGTERM').catch(() => undefined);
      await redisServers.close();
      for (const { proxy } of ourParts) proxy.close();
    },
  };
  try {
    for (const one of all.slice(1)) await one.start();
  } catch (error) {
    await lab.close();
    throw error;
  }
  return lab;
}

/** A gateway may hang: it has twenty seconds. */
const answers = (url: string) => mustAnswer(url, AbortSignal.timeout(20_000));
