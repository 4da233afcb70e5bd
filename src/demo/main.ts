import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runDemo } from './run-demo.js';

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
  .option('--fresh', 'begin with an empty archive', false)
  .option('--once', 'end when every study is done; exit 0 when every outcome is verified', false)
  .option('--port <port>', 'port of the gateway; 0 = any free one', '0')
  .parse();

const given = program.opts<{
  studies?: string;
  masks?: string;
  data: string;
  fresh: boolean;
  once: boolean;
  port: string;
}>();
const studies = given.studies === undefined ? undefined : resolve(given.studies);
const beside = studies === undefined ? undefined : join(studies, 'masks');
const masks =
  given.masks === undefined ? (beside && existsSync(beside) ? beside : undefined) : resolve(given.masks);
const interrupted = new Promise<void>((done) => {
  process.once('SIGINT', () => done());
  process.once('SIGTERM', () => done());
});

try {
  const { data, fresh, once, port } = given;
  process.exitCode = await runDemo(
    { studies, masks, dataDir: resolve(data), fresh, once, projectRoot, port: Number(port) },
    interrupted,
  );
} catch (error) {
  console.error(`demo: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
process.exit();
