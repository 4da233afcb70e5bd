// Builds SEGs of 1024 × 1024 masks in series of 50 to 400 frames, side by side with other libraries, each in a process
// of its own, and prints a table. Call scripts/bench, which builds first.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SERIES = [50, 100, 200, 400];
const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const python = process.env.PYTHON ?? 'python3';

const METHODS = [
  { name: 'this project', command: (n) => [process.execPath, here('seg-ours.mjs'), n] },
  {
    name: 'this project, label map',
    command: (n) => [process.execPath, here('seg-ours.mjs'), n, 'labelmap'],
  },
  { name: 'dcmjs derivation', command: (n) => [process.execPath, here('seg-dcmjs.mjs'), n] },
  { name: 'highdicom', command: (n) => [python, here('seg-highdicom.py'), n] },
];

/** What a method took; nothing when it is not installed here. */
function run([file, ...args]) {
  try {
    const output = execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return JSON.parse(output.trim().split('\n').at(-1));
  } catch (error) {
    return {
      failed: String(error.stderr ?? error.message)
        .trim()
        .split('\n')
        .at(-1)
        .slice(0, 80),
    };
  }
}

console.log(
  '| method | frames | seconds | CPU seconds | ms per frame | peak MB | peak above the masks, MB |',
);
console.log('|---|---:|---:|---:|---:|---:|---:|');
for (const { name, command } of METHODS) {
  for (const frames of SERIES) {
    const { failed, seconds, cpuSeconds, peakMegabytes } = run(command(String(frames)));
    if (failed !== undefined) {
      console.log(`| ${name} | ${frames} | failed: ${failed} | | | | |`);
      break;
    }
    const cells = [
      frames,
      seconds.toFixed(2),
      cpuSeconds.toFixed(2),
      ((seconds / frames) * 1000).toFixed(1),
      peakMegabytes.toFixed(0),
      (peakMegabytes - frames).toFixed(0),
    ];
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
}
