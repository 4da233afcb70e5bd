import { Command } from 'commander';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalProcess } from './local-process.js';
import { type GivenOptions, readOptions } from './read-options.js';
import { runDemo } from './run-demo.js';
import { sentenceOf } from './sentence.js';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

const program = new Command('scripts/demo')
  .description(
    'Starts a private Orthanc, Redis, gateway and worker, sends studies and shows what comes of them.',
  )
  .option('--studies <dir>', 'folder of DICOM files to send instead of the six phantoms')
  .option(
    '--masks <dir>',
    'folder of reference masks <SOPInstanceUID>.png (default: <studies>/masks if there)',
  )
  .option('--data <dir>', 'where the private servers keep their data', join(projectRoot, '.demo'))
  .option('--fresh', 'begin with an empty archive: removes what an earlier demo left in its folder', false)
  .option('--once', 'end when every study is done; exit 0 when every outcome is verified', false)
  .option('--port <port>', 'port of the gateway; 0 = any free one', '0')
  .addHelpText('after', '\nPictures from real devices to send: docs/sample-images.md')
  .parse();

const interrupted = new AbortController();
const servers: LocalProcess[] = [];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
for (const signal of SIGNALS) {
  process.on(signal, () => {
    // Asked twice: nothing is waited for, and yet no server is left behind.
    if (interrupted.signal.aborted) void Promise.all(servers.map((server) => server.stop('SIGKILL')));
    interrupted.abort();
  });
}

try {
  const options = readOptions(program.opts<GivenOptions>());
  process.exitCode = await runDemo({ ...options, projectRoot }, interrupted.signal, servers);
} catch (error) {
  console.error(`demo: ${sentenceOf(error)}`);
  process.exitCode = 1;
}
process.exit();
