import { join } from 'node:path';
import type { DataFolder } from './data-folder.js';
import { freePort, mustBeFree } from './free-port.js';
import { startLocalOrthanc } from './local-orthanc.js';
import {
  addressesOf,
  mustAnswer,
  startLocalProcess,
  type LocalProcess,
  type StartOptions,
} from './local-process.js';
import { startLocalRedis } from './local-redis.js';

/** The private servers of a demo. */
export interface DemoServers {
  /** Of the gateway, e.g. `http://127.0.0.1:8080`. */
  readonly base: string;
  readonly logFile: string;
}

/**
 * Starts Redis, Orthanc, and gateway with worker.
 * @param servers what was started is added here, also when a later one cannot be started
 * @param port of the gateway; 0: any free one
 * @throws Error with a sentence for the user, e.g. when the port is in use
 */
export async function startServers(
  folder: DataFolder,
  { port: wanted, projectRoot }: { port: number; projectRoot: string },
  servers: LocalProcess[],
  interrupted: AbortSignal,
): Promise<DemoServers> {
  const options: StartOptions = { interrupted, ownGroup: true };
  // Before anything starts: what answers there would be taken for ours.
  if (wanted !== 0) await mustBeFree(wanted);
  const add = <T extends LocalProcess>(word: string, server: T): T => {
    servers.push(server);
    folder.noteServer({ pid: server.pid, word });
    return server;
  };
  const redis = add(
    'redis-server',
    await startLocalRedis(join(folder.path, 'redis'), await freePort(), options),
  );
  const orthanc = add(
    'Orthanc',
    await startLocalOrthanc(join(folder.path, 'orthanc'), await freePort(), {}, options),
  );
  const port = wanted || (await freePort());
  if (wanted !== 0) await mustBeFree(wanted);
  const base = `http://127.0.0.1:${port}`;
  const logFile = join(folder.path, 'esp-medsam.log');
  const gateway = {
    command: process.execPath,
    args: [join(projectRoot, 'dist/cli/main.js'), 'all'],
    logFile,
    env: {
      // Settings from the caller's environment hold here too; the servers' addresses are ours.
      ...process.env,
      ...addressesOf(redis, orthanc),
      ESP_GATEWAY_PORT: String(port),
      ESP_INTAKE_QUIET_SECONDS: '1',
      ESP_INTAKE_CHANGES_INTERVAL_SECONDS: '0.5',
    },
    ready: () => mustAnswer(`${base}/readyz`),
  };
  add('cli/main.js', await startLocalProcess(gateway, options));
  folder.noteAddress(base);
  return { base, logFile };
}
