#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { Command } from 'commander';
import { pino, type Logger } from 'pino';
import { loadSettings, type Settings, settingWarnings, sourceWarnings } from '../config/index.js';
import { toAppError } from '../core/index.js';
import { type Telemetry, openTelemetry, spanFields } from '../telemetry/index.js';
import { createKey, expireKey, listKeys, revokeKey } from './api-key-command.js';
import { doctorCommand, type DoctorOptions } from './doctor-command.js';
import { startGateway, type RunningProcess } from './gateway-process.js';
import { PROJECT_ROOT, VERSION } from './project.js';
import { startWorker } from './worker-process.js';

type Role = (settings: Settings, log: Logger, telemetry: Telemetry) => Promise<RunningProcess>;

const all: Role = async (settings, log, telemetry) => {
  // The worker first: a broken model stops the start before anything is accepted.
  const worker = await startWorker(settings, log, telemetry);
  const gateway = await startGateway(settings, log, telemetry);
  return {
    close: async () => {
      await gateway.close();
      await worker.close();
    },
  };
};

// Each read of a socket has a buffer of its own. A thread beside gives them back later than large objects bring new ones, and V8
// then clears the whole heap again and again: half of the CPU time of passing them on (docs/performance.md).
setFlagsFromString('--no-concurrent-array-buffer-sweeping');

const program = new Command('esp-medsam')
  .description('Segments DICOM studies with ESP-MedSAM as they arrive in an archive.')
  .version(VERSION);
program
  .command('serve')
  .description('the DICOMweb gateway')
  .action(() => run('gateway', startGateway));
program
  .command('worker')
  .description('a worker; start as many as you like')
  .action(() => run('worker', startWorker));
program
  .command('all')
  .description('gateway and worker in one process')
  .action(() => run('all', all));
program
  .command('doctor')
  .description('checks the set-up and says which setting to change; exit code 1 when something failed')
  .option('--json', 'for machines', false)
  .option('--no-write', 'stores nothing in the archive, not even for a moment')
  .option('--self-test', 'also sends a synthetic study through the whole chain and removes it again', false)
  .action(async (options: DoctorOptions) => {
    process.exitCode = await doctorCommand(options);
  });
const key = program.command('key').description('API keys: credentials with a role, kept in Redis as hashes');
key
  .command('create <name>')
  .description('makes a key and shows it, this once')
  .requiredOption('--role <role>', 'role of the settings, e.g. modality')
  .option('--days <days>', 'expires after so many days (default: 365)')
  .option('--never', 'does not expire')
  .action(async (name: string, options) => {
    process.exitCode = await createKey(name, options);
  });
key
  .command('list')
  .description('all keys and when each was last used')
  .option('--json', 'for machines')
  .action(async (options) => {
    process.exitCode = await listKeys(options);
  });
key
  .command('expire <id>')
  .description('sets when a key expires')
  .option('--at <time>', 'ISO 8601 (default: now)')
  .action(async (id: string, options) => {
    process.exitCode = await expireKey(id, options);
  });
key
  .command('revoke <id>')
  .description('ends a key at once')
  .action(async (id: string) => {
    process.exitCode = await revokeKey(id);
  });
await program.parseAsync();

/** Runs a role until SIGTERM or SIGINT; a second signal ends it at once. */
async function run(name: string, role: Role): Promise<void> {
  try {
    const settings = loadSettings(PROJECT_ROOT);
    const log = pino({
      level: settings.log.level,
      base: null,
      // The correlation id of the work under way, on every line that does not name it itself.
      mixin: (_line, _level, logger) => spanFields(logger.bindings()),
    });
    const telemetry = await openTelemetry(settings, name, VERSION);
    for (const warning of [...settingWarnings(settings), ...sourceWarnings(PROJECT_ROOT)]) log.warn(warning);
    const running = await role(settings, log, telemetry);
    let stopping = false;
    const stop = (signal: string) => {
      if (stopping) process.exit(1);
      stopping = true;
      log.info({ signal }, 'stopping: running studies are finished first');
      running
        .close()
        .then(() => telemetry.close())
        .then(
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
