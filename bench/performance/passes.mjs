// node bench/performance/passes.mjs WHAT SIZE BATCH THREADS SECONDS: runs the network (WHAT: its file), or one matrix product
// (WHAT: peak), again and again and prints JSON: passes, milliseconds of the median one, milliseconds of CPU a pass.
import ort from 'onnxruntime-node';
import { matmulModel } from './onnx-matmul.mjs';
import { median } from './figures.mjs';

const [what, ...numbers] = process.argv.slice(2);
const [size, batch, threads, seconds] = numbers.map(Number);
/** Rows, inner and columns of a product that the network has, and whose operands lie in the cache. */
const PEAK = [196, 320, 1280];

ort.env.logLevel = 'fatal';
const options = {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  logSeverityLevel: 4,
};
const session = await ort.InferenceSession.create(what === 'peak' ? matmulModel(...PEAK) : what, options);
const filled = (dims) =>
  new ort.Tensor(
    'float32',
    Float32Array.from({ length: dims.reduce((a, b) => a * b) }, (_, i) => Math.sin(i)),
    dims,
  );
const feeds =
  what === 'peak'
    ? { x: filled(PEAK.slice(0, 2)) }
    : {
        image: filled([batch, 3, size, size]),
        modality: new ort.Tensor('int64', new BigInt64Array(batch), [batch]),
      };

for (let i = 0; i < 3; i += 1) await session.run(feeds);
const times = [];
const before = process.cpuUsage();
const started = performance.now();
while (performance.now() - started < seconds * 1000 || times.length < 3) {
  const start = performance.now();
  await session.run(feeds);
  times.push(performance.now() - start);
}
const { user, system } = process.cpuUsage(before);
const flops = 2 * PEAK.reduce((a, b) => a * b);
console.log(
  JSON.stringify({
    passes: times.length * batch,
    milliseconds: median(times) / batch,
    leastMilliseconds: Math.min(...times) / batch,
    cpuMilliseconds: (user + system) / 1000 / times.length / batch,
    seconds: (performance.now() - started) / 1000,
    ...(what === 'peak' ? { gigaflops: flops / Math.min(...times) / 1e6 } : {}),
  }),
);
