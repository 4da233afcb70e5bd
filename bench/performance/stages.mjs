import { eventLoopDelay } from '../../dist/faults/event-loop-delay.js';
import { phantomInstance } from '../../dist/phantom/index.js';
import { median } from './figures.mjs';
import { finished, withStack } from './stack.mjs';

const KINDS = ['dermoscopy', 'xray', 'ultrasound', 'colonoscopy', 'microscopy', 'fundus'];
const INFERENCE = ['decode', 'infer'];

/** (b) A study by stage, from the worker's start on it to the SEG read back: one picture of each kind, a loop, many instances. */
export async function stages({ quick }) {
  return withStack(async ({ start }) => {
    const { base, client } = await start('all', { ESP_WORKER_CONCURRENCY: '1', ESP_ENGINE_THREADS: '1' });
    const figures = [];
    const rounds = quick ? 1 : 5;
    await eventLoopDelay(`${base}/metrics`); // What came of the start is no study's.
    for (const kind of quick ? KINDS.slice(0, 1) : KINDS) {
      const runs = [];
      // The first warms up; seeds draw a picture of its own for each.
      for (let seed = 1; seed <= rounds + 1; seed += 1) {
        runs.push(await run(client, [phantomInstance({ kind, seed: 2 * seed, salt: 'bench' })]));
      }
      figures.push(...onePicture(kind, runs.slice(1)));
    }
    const frames = quick ? 4 : 60;
    figures.push(...several(`a loop of ${frames} frames`, await run(client, [loop(frames)])));
    const count = quick ? 4 : 200;
    figures.push(...several(`${count} instances of one series`, await run(client, series(count))));
    figures.push({
      part: 'study',
      name: 'gateway and worker in one process, all of these studies: event-loop delay, 99th percentile',
      value: await eventLoopDelay(`${base}/metrics`),
      unit: 'ms',
      target: { most: 50 },
    });
    return figures;
  });
}

const loop = (frames) => phantomInstance({ kind: 'ultrasound-cine', frames, salt: 'bench', study: 'loop' });
const series = (count) =>
  Array.from({ length: count }, (_, i) =>
    phantomInstance({ kind: 'xray', seed: i + 1, salt: 'bench', study: 'series', instanceNumber: i + 1 }),
  );

/** Sends a study. @returns seconds by stage, and of the whole run */
async function run(client, instances) {
  for (const { bytes } of instances) await client.store(bytes);
  const view = await finished(client, instances[0].studyInstanceUid);
  const done = view.events.findLast(({ event }) => event === 'done');
  if (done === undefined || view.outcome === 'failed') throw new Error(`a study ended as ${view.outcome}`);
  return { stages: done.detail.stages, seconds: view.workSeconds };
}

const inference = ({ stages: seconds }) => INFERENCE.reduce((sum, stage) => sum + (seconds[stage] ?? 0), 0);

function onePicture(kind, runs) {
  const part = 'study';
  const names = [...new Set(runs.flatMap(({ stages: seconds }) => Object.keys(seconds)))];
  const of = (stage) => Math.round(median(runs.map(({ stages: seconds }) => (seconds[stage] ?? 0) * 1000)));
  const note = names.map((name) => `${name} ${of(name)}`).join(', ');
  return [
    { part, name: `${kind}, one picture: inference`, value: median(runs.map(inference)) * 1000, unit: 'ms' },
    {
      part,
      name: `${kind}, one picture: everything else`,
      unit: 'ms',
      note,
      target: { most: 50 },
      value: median(runs.map((one) => one.seconds - inference(one))) * 1000,
    },
  ];
}

function several(name, one) {
  const part = 'study';
  const note = Object.entries(one.stages)
    .map(([stage, seconds]) => `${stage} ${seconds}`)
    .join(', ');
  return [
    { part, name: `${name}: the whole run`, value: one.seconds, unit: 's', note },
    {
      part,
      name: `${name}: share of everything but inference`,
      unit: '%',
      target: { most: 5 },
      value: (100 * (one.seconds - inference(one))) / one.seconds,
    },
  ];
}
