import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openEngine, residentBytes } from '../../dist/model/index.js';
import { workerMemory } from './worker-memory.mjs';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const EDGE = 640;

/** (e) What an engine and a worker hold, over a thousand pictures and a thousand frames. */
export async function memory(options) {
  return [...(await engineMemory(options)), ...(await workerMemory(options))];
}

/** Of an engine, over a thousand pictures, each one of its own. */
async function engineMemory({ quick }) {
  const count = quick ? 12 : 1000;
  const engine = openEngine({
    entry: at('dist/model/process/engine-main.js'),
    manifestPath: at('models/manifest.json'),
    threads: 1,
    provider: 'cpu',
    deadlineMs: 120_000,
    memoryBytes: 64 * 1024 ** 3,
  });
  const { channels } = await engine.load();
  const single = channels.filter(({ tiles, views }) => tiles === 1 && views === 1).map(({ name }) => name);
  const resident = [];
  for (let n = 0; n < count; n += 1) {
    const data = new Uint8Array(EDGE * EDGE * 3).fill(40 + (n % 150));
    await engine.segment({ width: EDGE, height: EDGE, data }, single[n % single.length]);
    resident.push(residentBytes(engine.pid()) / 1024 ** 2);
  }
  await engine.close();
  const settled = resident[Math.floor(count / 5)];
  const part = 'memory';
  return [
    {
      part,
      name: `engine after ${count} pictures`,
      value: resident.at(-1),
      unit: 'MB',
      target: { most: 500 },
    },
    {
      part,
      name: 'its growth after the first fifth',
      value: resident.at(-1) - settled,
      unit: 'MB',
      target: { most: 32 },
    },
    { part, name: 'engines on this machine, by default at most', value: availableParallelism(), unit: '' },
  ];
}
