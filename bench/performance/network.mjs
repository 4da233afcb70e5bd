import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const run = promisify(execFile);
const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const MODELS = here('../../models/');
/** GFLOP of one pass by input edge: matrix products and convolutions, as PyTorch's FlopCounterMode counts them. */
const GIGAFLOP = { 224: 5.302, 320: 11.66, 448: 21.08, 1024: 113.4 };

async function passes(what, { size = 224, batch = 1, threads = 1, seconds }) {
  const args = [here('passes.mjs'), what, size, batch, threads, seconds].map(String);
  return JSON.parse((await run(process.execPath, args)).stdout);
}

/** (a) The network alone: by size, batch and threads, beside the peak of a core and PyTorch. */
export async function network({ quick }) {
  const seconds = quick ? 0.2 : 4;
  const manifest = JSON.parse(readFileSync(`${MODELS}manifest.json`, 'utf8'));
  const model = `${MODELS}${manifest.file}`;
  const part = 'network';
  const { gigaflops } = await passes('peak', { seconds });
  const figures = [{ part, name: 'float32 peak of one core, measured', value: gigaflops, unit: 'GFLOP/s' }];
  const pass = async (name, options) => {
    const { milliseconds, cpuMilliseconds } = await passes(model, { ...options, seconds });
    const limit = {
      value: ((GIGAFLOP[options.size ?? 224] / gigaflops) * 1000) / (options.threads ?? 1),
      what: 'FLOPs ÷ peak',
    };
    figures.push({ part, name, value: milliseconds, unit: 'ms', limit });
    return { milliseconds, cpuMilliseconds };
  };
  const one = await pass('one pass at 224², one thread', {});
  const int8 = manifest.int8 && (await passes(`${MODELS}${manifest.int8.file}`, { seconds }));
  if (int8) {
    figures.push(
      { part, name: 'the same with engine.precision int8', value: int8.milliseconds, unit: 'ms' },
      {
        part,
        name: 'int8 over float32, CPU time',
        value: int8.cpuMilliseconds / one.cpuMilliseconds,
        unit: '×',
        target: { most: 1 },
      },
    );
  }
  await pass('float32, four pictures as one batch, each', { batch: 4 });
  await pass('one pass at 224², two threads', { threads: 2 });
  if (!quick) for (const size of [320, 448]) await pass(`one pass at ${size}², one thread`, { size });

  const together = async (engines, threads) => {
    const all = await Promise.all(Array.from({ length: engines }, () => passes(model, { threads, seconds })));
    return all.reduce((sum, { passes: count, seconds: took }) => sum + count / took, 0) * 60;
  };
  const twoOfOne = await together(2, 1);
  const oneOfTwo = await together(1, 2);
  figures.push(
    { part, name: 'passes a minute, two engines of one thread', value: twoOfOne, unit: '/min' },
    { part, name: 'passes a minute, one engine of two threads', value: oneOfTwo, unit: '/min' },
    { part, name: 'the first over the second', value: twoOfOne / oneOfTwo, unit: '×', target: { least: 1 } },
  );

  const eager = eagerSeconds(quick);
  if (eager === undefined) return figures;
  figures.push({
    part,
    name: 'PyTorch, eager, at 1024² as released, one thread, CPU time',
    value: eager * 1000,
    unit: 'ms',
    limit: { value: (GIGAFLOP[1024] / gigaflops) * 1000, what: 'FLOPs ÷ peak' },
  });
  for (const { name, tiles = 1, views = 1, size = manifest.input.size } of manifest.channels) {
    if (size !== 224) continue;
    const count = tiles * tiles * views;
    const graphs = { '': one, ...(int8 && count > 1 ? { ', int8': int8 } : {}) };
    for (const [precision, { cpuMilliseconds }] of Object.entries(graphs)) {
      figures.push({
        part,
        name: `${name} (${count} ${count === 1 ? 'pass' : 'passes'}${precision}) over PyTorch at 1024², CPU time`,
        value: (count * cpuMilliseconds) / 1000 / eager,
        unit: '×',
        limit: { value: (count * GIGAFLOP[224]) / GIGAFLOP[1024], what: 'the FLOPs would say' },
        target: { most: count === 1 ? 0.05 : 0.4 },
      });
    }
  }
  return figures;
}

/** CPU seconds of a pass in PyTorch: they compare on a busy machine too; undefined where Python has neither it nor training/. */
function eagerSeconds(quick) {
  const python = process.env.PYTHON;
  if (python === undefined || quick) return undefined;
  const output = execFileSync(python, [here('eager.py')], { cwd: here('../../training'), encoding: 'utf8' });
  return JSON.parse(output).seconds;
}
