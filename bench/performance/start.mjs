import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fetch } from 'undici';
import { freePort } from '../../dist/demo/free-port.js';
import { startLocalOrthanc } from '../../dist/demo/local-orthanc.js';
import { addressesOf } from '../../dist/demo/local-process.js';
import { startLocalRedis } from '../../dist/demo/local-redis.js';
import { median } from './figures.mjs';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** (f) From `spawn` to ready: a gateway answers /readyz, a worker takes studies. */
export async function start({ quick }) {
  const folder = mkdtempSync(join(tmpdir(), 'esp-bench-'));
  const redis = await startLocalRedis(join(folder, 'redis'), await freePort());
  const orthanc = await startLocalOrthanc(join(folder, 'orthanc'), await freePort());
  const env = {
    ...process.env,
    ...addressesOf(redis, orthanc),
  };
  const times = { gateway: [], worker: [] };
  try {
    for (let n = 0; n < (quick ? 1 : 5); n += 1) {
      times.gateway.push(await gateway(env));
      times.worker.push(await worker(env));
    }
  } finally {
    await orthanc.stop();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const part = 'start';
  return [
    { part, name: 'gateway ready', value: median(times.gateway), unit: 's', target: { most: 2 } },
    {
      part,
      name: 'worker ready, every engine with its model',
      value: median(times.worker),
      unit: 's',
      target: { most: 5 },
    },
  ];
}

async function gateway(env) {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { ...env, ESP_GATEWAY_PORT: String(port) },
    stdio: 'ignore',
  });
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) break;
    if (child.exitCode !== null) throw new Error(`the gateway ended with ${child.exitCode}`);
    await wait(10);
  }
  const seconds = (performance.now() - started) / 1000;
  await ended(child);
  return seconds;
}

async function worker(env) {
  const started = performance.now();
  const child = spawn(process.execPath, [main, 'worker'], {
    env: { ...env, ESP_METRICS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk) => {
      text += chunk;
      if (text.includes('worker takes studies')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}: ${text.slice(-500)}`)));
  });
  const seconds = (performance.now() - started) / 1000;
  await ended(child);
  return seconds;
}

async function ended(child) {
  if (child.exitCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}
