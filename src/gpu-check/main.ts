import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { toAppError } from '../core/index.js';
import { reportText } from './report.js';
import { runCheck } from './run-check.js';

const MODEL = join(fileURLToPath(new URL('../..', import.meta.url)), 'models', 'manifest.json');

const command = new Command('scripts/gpu-check')
  .description(
    'Measures the network on a GPU, compares its masks with those of the CPU, and lets memory run short.',
  )
  .addOption(new Option('--provider <name>').choices(['cuda', 'tensorrt', 'cpu'] as const).default('cuda'))
  .option('--model <manifest>', 'manifest of the model', MODEL)
  .option('--json', 'prints JSON', false)
  .option('--quick', 'a few seconds: two channels only; the figures say little', false)
  .option('--until-full', 'also doubles the batch until the memory of the GPU really does not suffice', false)
  .parse();
const given = command.opts<{
  provider: 'cuda' | 'tensorrt' | 'cpu';
  model: string;
  json: boolean;
  quick: boolean;
  untilFull: boolean;
}>();
// A CPU that is full takes other programs with it: the system ends whichever it likes.
if (given.untilFull && given.provider === 'cpu')
  command.error('--until-full is for a GPU only', { exitCode: 2 });

try {
  const { provider, model: manifestPath, json, ...rest } = given;
  const report = await runCheck({ manifestPath, provider, threads: availableParallelism(), ...rest });
  console.log(json ? JSON.stringify(report, undefined, 2) : reportText(report));
  process.exitCode = report.ok ? 0 : 1;
} catch (thrown) {
  const { code, message, advice, cause } = toAppError(thrown);
  // No health data can be in it: all pictures here are drawn.
  console.error(`${code}: ${message}. ${advice}${cause instanceof Error ? `\n${cause.message}` : ''}`);
  process.exitCode = 2;
}
