import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/demo/free-port.js';
import { gatewayClient, type GatewayClient, segsIn, type StudyView } from '../../src/demo/gateway-client.js';
import { startLocalOrthanc } from '../../src/demo/local-orthanc.js';
import {
  addressesOf,
  type LocalProcess,
  mustAnswer,
  startLocalProcess,
} from '../../src/demo/local-process.js';
import { startLocalRedis } from '../../src/demo/local-redis.js';

export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A private Orthanc and Redis, and processes of ours on them, in a folder that goes away. */
export interface Stack {
  readonly dir: string;
  readonly orthanc: { orthancUrl: string; dicomwebUrl: string };
  readonly redisUrl: string;
  /** Starts `esp-medsam <role>` as a process, with settings as environment. */
  start(role: 'serve' | 'worker' | 'all', settings?: Record<string, string>): Promise<OurProcess>;
  stopRedis(): Promise<void>;
  restartRedis(signal?: NodeJS.Signals): Promise<void>;
  stopOrthanc(): Promise<void>;
  restartOrthanc(): Promise<void>;
  close(): Promise<void>;
}

/** A running role of ours. */
export interface OurProcess extends LocalProcess {
  readonly base: string;
  readonly client: GatewayClient;
  /** Everything the process has written. */
  output(): string;
}

/** Starts the servers that a test needs. @param orthancExtra settings added to Orthanc's configuration */
export async function startStack(orthancExtra: Record<string, unknown> = {}): Promise<Stack> {
  const dir = mkdtempSync(join(tmpdir(), 'esp-test-'));
  const [redisPort, orthancPort] = [await freePort(), await freePort()];
  let redis = await startLocalRedis(join(dir, 'redis'), redisPort);
  let orthanc = await startLocalOrthanc(join(dir, 'orthanc'), orthancPort, { StableAge: 1, ...orthancExtra });
  const processes: LocalProcess[] = [];
  let count = 0;

  return {
    dir,
    orthanc,
    redisUrl: redis.url,
    async start(role, settings = {}) {
      const port = Number(settings.ESP_GATEWAY_PORT ?? (await freePort()));
      const base = `http://127.0.0.1:${port}`;
      const logFile = join(dir, `${role}-${(count += 1)}.log`);
      const ready = async () => {
        if (role === 'worker') {
          if (!readFileSync(logFile, 'utf8').includes('worker takes studies')) throw new Error('not ready');
          return;
        }
        await mustAnswer(`${base}/readyz`);
      };
      const running = await startLocalProcess({
        command: process.execPath,
        args: [join(PROJECT_ROOT, 'dist/cli/main.js'), role],
        logFile,
        env: {
          ...process.env,
          ...addressesOf(redis, orthanc),
          ESP_GATEWAY_PORT: String(port),
          ESP_INTAKE_QUIET_SECONDS: '0.5',
          ESP_INTAKE_CHANGES_INTERVAL_SECONDS: '0.3',
          ESP_LOG_LEVEL: 'debug',
          // The same order on every machine: one study after the other.
          ESP_WORKER_CONCURRENCY: '1',
          ...settings,
        },
        ready,
      });
      const ours: OurProcess = {
        ...running,
        base,
        client: gatewayClient(base),
        output: () => readFileSync(logFile, 'utf8'),
      };
      processes.push(ours);
      return ours;
    },
    stopRedis: () => redis.stop(),
    async restartRedis(signal = 'SIGTERM') {
      await redis.stop(signal);
      redis = await startLocalRedis(join(dir, 'redis'), redisPort);
    },
    stopOrthanc: () => orthanc.stop(),
    async restartOrthanc() {
      await orthanc.stop();
      orthanc = await startLocalOrthanc(join(dir, 'orthanc'), orthancPort, { StableAge: 1, ...orthancExtra });
    },
    async close() {
      for (const running of processes.reverse()) await running.stop();
      await orthanc.stop();
      await redis.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Waits until a condition gives something; fails with `what` after the patience. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  patienceMs = 90_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`not within ${patienceMs / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Waits until a run of the study that began after `since` has ended. */
export function finished(
  client: GatewayClient,
  study: string,
  since = '',
  patienceMs?: number,
): Promise<StudyView> {
  return eventually(
    `a run of the study`,
    async () => {
      const view = await whenThere(client.study(study));
      const ended = view?.events.some(
        ({ event, at }) => at >= since && ['done', 'unchanged', 'failed'].includes(event),
      );
      return ended ? view : undefined;
    },
    patienceMs,
  );
}

/** Nothing while the gateway says that Redis or the archive is away (503, 502), as a client that polls sees it. */
async function whenThere<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: Error) => {
    if (/answered 50[23]/.test(error.message)) return undefined;
    throw error;
  });
}

/** SEG instances of a study, as the archive lists them. */
export async function segCount(client: GatewayClient, study: string): Promise<number> {
  return segsIn(await client.instances(study)).length;
}
