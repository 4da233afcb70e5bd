import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { loadSettings } from '../../dist/config/index.js';
import { freePort } from '../../dist/demo/free-port.js';
import { startLocalRedis } from '../../dist/demo/local-redis.js';
import { phantomInstance } from '../../dist/phantom/index.js';
import { loadModalities } from '../../dist/routing/index.js';
import { connectStore } from '../../dist/store/index.js';
import { startStudyWorker } from '../../dist/worker/index.js';
import { finished, withStack } from './stack.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** What the fixed-time model takes for a picture, ms. */
const MODEL_MS = 1000;

/** (d) Workers with the real model, and simulated ones whose model takes a fixed time. */
export async function workers(options) {
  return [...(await simulated(options)), ...(options.quick ? [] : await real())];
}

/** Studies a minute with 1, 2 and 4 worker processes, each with one engine of one thread. */
async function real() {
  const part = 'workers';
  const figures = [];
  let one;
  for (const count of [1, 2, 4]) {
    const rate = await withStack(async ({ start }) => {
      const { client } = await start('serve');
      for (let n = 0; n < count; n += 1) {
        await start('worker', {
          ESP_WORKER_CONCURRENCY: '1',
          ESP_ENGINE_THREADS: '1',
          ESP_METRICS_PORT: '0',
        });
      }
      const study = (seed) => phantomInstance({ kind: 'xray', seed, salt: `workers ${count}` });
      // Every worker has its model once it has had a study.
      await all(
        client,
        Array.from({ length: 2 * count }, (_, n) => study(n + 1)),
      );
      const studies = Array.from({ length: 24 }, (_, n) => study(100 + n));
      for (const { bytes } of studies) await client.store(bytes);
      await Promise.all(studies.map(({ studyInstanceUid }) => finished(client, studyInstanceUid)));
      const started = performance.now();
      await Promise.all(studies.map(({ studyInstanceUid }) => client.reprocess(studyInstanceUid)));
      await wait(50);
      await Promise.all(studies.map(({ studyInstanceUid }) => finished(client, studyInstanceUid)));
      return (60_000 * studies.length) / (performance.now() - started);
    });
    one ??= rate;
    const note = count === 1 ? undefined : `${(rate / one).toFixed(2)} × one`;
    figures.push({
      part,
      name: `X-ray studies, real model, ${count} ${count === 1 ? 'worker' : 'workers'}`,
      value: rate,
      unit: '/min',
      note,
    });
  }
  return figures;
}

async function all(client, studies) {
  for (const { bytes } of studies) await client.store(bytes);
  await Promise.all(studies.map(({ studyInstanceUid }) => finished(client, studyInstanceUid)));
}

async function simulated({ quick }) {
  const folder = mkdtempSync(join(tmpdir(), 'esp-bench-'));
  const redis = await startLocalRedis(folder, await freePort());
  const part = 'workers';
  const figures = [];
  let one;
  try {
    for (const slots of quick ? [1, 4] : [1, 4, 16, 64]) {
      const { perSecond, added, cpu, delay } = await fixedTime(redis.url, slots, quick ? 2 : 5);
      one ??= perSecond;
      const who = `${slots} simulated ${slots === 1 ? 'worker' : 'workers'}`;
      if (slots === 4)
        figures.push({
          part,
          name: `${who} over one`,
          value: perSecond / one,
          unit: '×',
          limit: { value: 4, what: 'linear' },
          target: { least: 3.8 },
        });
      if (slots > 4)
        figures.push({
          part,
          name: `${who} over one`,
          value: perSecond / one,
          unit: '×',
          limit: { value: slots, what: 'linear' },
        });
      figures.push(
        {
          part,
          name: `${who}: CPU of queue, ledger and timeline a job`,
          value: cpu,
          unit: 'ms',
          ...(slots === 64 ? { target: { most: 5 } } : {}),
        },
        { part, name: `${who}: what a job takes beside its model`, value: added, unit: 'ms' },
        {
          part,
          name: `${who}: event-loop delay, 99th percentile`,
          value: delay,
          unit: 'ms',
          target: { most: 50 },
        },
      );
    }
  } finally {
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return figures;
}

/** So many slots with a model of a fixed time, on a real queue and ledger; the archive answers at once. */
async function fixedTime(url, slots, rounds) {
  const settings = loadSettings(root, { ESP_REDIS_URL: url, ESP_REDIS_PREFIX: `bench${slots}` });
  const store = connectStore(settings, 'waiting');
  await store.server.ready(15_000);
  await store.ledger.prepare();
  const studies = Array.from(
    { length: slots * rounds },
    (_, n) => `1.2.826.0.1.3680043.8.498.${slots}.${n + 1}`,
  );
  await Promise.all(studies.map((study) => store.queue.enqueue(study)));
  const context = {
    settings: { ...settings, archive: { ...settings.archive, tag: 'off' } },
    modalities: loadModalities(join(root, 'config/modalities.yaml')),
    softwareVersion: '0',
    archive: { dicomweb: instantArchive(), orthanc: undefined },
    engine: fixedTimeEngine(),
  };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = process.cpuUsage();
  const started = performance.now();
  const worker = startStudyWorker({
    store,
    settings,
    contexts: Array.from({ length: slots }, () => context),
    log: pino({ level: 'silent' }),
  });
  while ((await store.queue.counts()).completed < studies.length) await wait(20);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  delay.disable();
  await worker.close();
  await store.close();
  return {
    perSecond: studies.length / seconds,
    added: (seconds * 1000) / rounds - MODEL_MS,
    cpu: (user + system) / 1000 / studies.length,
    delay: delay.percentile(99) / 1e6,
  };
}

/** One X-ray whatever study is asked for; nothing is ever stored, for the model finds nothing. */
function instantArchive() {
  const text = (vr, ...Value) => ({ vr, Value });
  const header = (study) => ({
    '00080016': text('UI', '1.2.840.10008.5.1.4.1.1.1.1'),
    '00080018': text('UI', `${study}.1.1`),
    '00080060': text('CS', 'DX'),
    '00081030': text('LO', 'Chest'),
    '0020000D': text('UI', study),
    '0020000E': text('UI', `${study}.1`),
    '00180015': text('CS', 'CHEST'),
    '00280002': text('US', 1),
    '00280004': text('CS', 'MONOCHROME2'),
    '00280010': text('US', 8),
    '00280011': text('US', 8),
    '00280100': text('US', 8),
    '00280101': text('US', 8),
    '00280102': text('US', 7),
    '00280103': text('US', 0),
  });
  return {
    searchInstances: async (study) => [header(study)],
    seriesMetadata: async (study) => [header(study)],
    instanceMetadata: async ({ study }) => header(study),
    frame: async () => ({ bytes: new Uint8Array(64), transferSyntaxUid: '1.2.840.10008.1.2.1' }),
  };
}

function fixedTimeEngine() {
  const model = {
    name: 'fixed time',
    version: '0',
    sha256: '0'.repeat(64),
    preprocessingVersion: '1',
    channels: [{ name: 'xray', index: 0, threshold: 0.5, tiles: 1, views: 1 }],
    provider: 'cpu',
    detector: undefined,
  };
  return {
    load: async () => model,
    detect: async () => undefined,
    segment: async () => {
      await wait(MODEL_MS);
      return {
        mask: new Uint8Array(64),
        positivePixels: 0,
        meanProbability: 0,
        pictureSha256: '0'.repeat(64),
      };
    },
    state: () => ({ provider: 'cpu', batchSize: 1 }),
    pid: () => undefined,
    close: async () => undefined,
  };
}
