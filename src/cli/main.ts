#!/usr/bin/env node
import { Command } from 'commander';
import { pino, type Logger } from 'pino';
import { loadSettings, type Settings } from '../config/index.js';
import { toAppError } from '../core/index.js';
import { startGateway, type RunningProcess } from './gateway-process.js';
import { PROJECT_ROOT, VERSION } from './project.js';
import { startWorker } from './worker-process.js';

type Role = (settings: Settings, log: Logger) => Promise<RunningProcess>;

const all: Role = async (settings, log) => {
  // The worker first: a broken model stops the start before anything is accepted.
  const worker = await startWorker(settings, log);
  const gateway = await startGateway(settings, log);
  return {
    close: async () => {
      await gateway.close();
      await worker.close();
    },
  };
};

const program = new Command('esp-medsam')
  .description('Segments DICOM studies with ESP-MedSAM as they arrive in an archive.')
  .version(VERSION);
program
  .command('serve')
  .description('the DICOMweb gateway')
  .action(() => run(startGateway));
program
  .command('worker')
  .description('a worker; start as many as you like')
  .action(() => run(startWorker));
program
  .command('all')
  .description('gateway and worker in one process')
  .action(() => run(all));
await program.parseAsync();

/** Runs a role until SIGTERM or SIGINT; a second signal ends it at once. */
async function run(role: Role): Promise<void> {
  try {
    const settings = loadSettings(PROJECT_ROOT);
    const log = pino({ level: settings.log.level, base: null });
    const running = await role(settings, log);
    let stopping = false;
    const stop = (signal: string) => {
      if (stopping) process.exit(1);
      stopping = true;
      log.info({ signal }, 'stopping: running studies are finished first');
      running.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  } catch (thrown) {
    const error = toAppError(thrown);
    console.error(`${error.code}: ${error.message}\n${error.advice}`);
    if (error.code === 'INTERNAL') console.error(thrown);
    process.exit(1);
  }
}
