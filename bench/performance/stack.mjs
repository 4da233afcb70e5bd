import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../dist/demo/free-port.js';
import { gatewayClient } from '../../dist/demo/gateway-client.js';
import { startLocalOrthanc } from '../../dist/demo/local-orthanc.js';
import { addressesOf, mustAnswer, startLocalProcess } from '../../dist/demo/local-process.js';
import { startLocalRedis } from '../../dist/demo/local-redis.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/**
 * A private Redis and Orthanc, and our processes on them.
 * @param {(stack: object) => Promise<any>} use
 */
export async function withStack(use) {
  const folder = mkdtempSync(join(tmpdir(), 'esp-bench-'));
  const servers = [];
  const kept = (server) => (servers.push(server), server);
  try {
    const redis = kept(await startLocalRedis(join(folder, 'redis'), await freePort()));
    const orthanc = kept(
      await startLocalOrthanc(join(folder, 'orthanc'), await freePort(), { StableAge: 1 }),
    );
    let count = 0;
    /** Starts a role and waits until it is ready. */
    const start = async (role, settings = {}) => {
      const port = await freePort();
      const base = `http://127.0.0.1:${port}`;
      const logFile = join(folder, `${role}-${(count += 1)}.log`);
      const running = await startLocalProcess({
        command: process.execPath,
        args: [main, role],
        logFile,
        env: {
          ...process.env,
          ...addressesOf(redis, orthanc),
          ESP_GATEWAY_PORT: String(port),
          ESP_INTAKE_QUIET_SECONDS: '0.5',
          ESP_INTAKE_CHANGES_INTERVAL_SECONDS: '0.3',
          ...settings,
        },
        // A worker has no address to ask: the gateway knows whether one lives.
        ready: role === 'worker' ? async () => undefined : () => mustAnswer(`${base}/readyz`),
      });
      return kept({ ...running, base, client: gatewayClient(base) });
    };
    return await use({ redis, orthanc, start });
  } finally {
    for (const server of servers.reverse()) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until a study has its outcome. @returns its record with its timeline */
export async function finished(client, study, seconds = 600) {
  for (const until = performance.now() + seconds * 1000; performance.now() < until;) {
    const view = await client.study(study);
    // The timeline's last line follows the record.
    const ended = view?.events.some(({ event }) => event === 'done') || view?.outcome === 'failed';
    if (view?.state === 'done' && ended) return view;
    await wait(50);
  }
  throw new Error(`a study has no outcome after ${seconds} s`);
}
