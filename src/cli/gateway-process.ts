import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { type AdminParts, consoleRouter, createAdmin, openQueueBoard } from '../admin/index.js';
import { connectRedis, openBackfillStore, openStudyQueue, redisReady } from '../store/index.js';
import { openQuietPeriod, repeat, runBackfills, startIntake } from '../intake/index.js';
import { describeSettings, type Settings } from '../config/index.js';
import { createGateway, createGatewayServer } from '../dicomweb/index.js';
import { openArchive } from '../archive/index.js';
import { localObserver, type Observer } from '../telemetry/index.js';
import { archiveWatch, observeGateway } from './observation.js';
import { PROJECT_ROOT, VERSION } from './project.js';

/** A running role. */
export interface RunningProcess {
  /** Port, for the gateway. */
  readonly port?: number;
  close(): Promise<void>;
}

/** Starts the gateway: HTTP, and the intake that needs no request. */
export async function startGateway(
  settings: Settings,
  log: Logger,
  observer: Observer = localObserver(settings),
): Promise<RunningProcess> {
  // Two connections: HTTP handlers get an error at once when Redis is away, the intake waits for it.
  const prompt = connectRedis(settings.redis, 'prompt');
  const patient = connectRedis(settings.redis, 'patient');
  await Promise.all([redisReady(prompt, 15_000), redisReady(patient, 15_000)]);
  const observed = observeGateway({ settings, observer, log });
  const archive = openArchive(settings.archive, archiveWatch(observer));
  const promptLedger = observed.ledgerOn(prompt);
  const promptQueue = openStudyQueue(prompt, settings);
  const patientQueue = openStudyQueue(patient, settings);

  const quiet = openQuietPeriod({
    redis: prompt,
    settings,
    queue: promptQueue,
    ledger: promptLedger,
    log,
    watch: observed.intakeOn(prompt),
  });
  const intake = openQuietPeriod({
    redis: patient,
    settings,
    queue: patientQueue,
    ledger: observed.ledgerOn(patient),
    log,
    watch: observed.intakeOn(patient),
  });
  const adminParts: AdminParts = {
    settings,
    redis: prompt,
    ledger: promptLedger,
    queue: promptQueue,
    archive,
    log,
    version: VERSION,
    settingNotes: describeSettings(PROJECT_ROOT),
    metrics: observer.metrics,
  };
  const admin = createAdmin(adminParts);
  const board = openQueueBoard(adminParts, '/admin/queues');
  const queueBoard = board.router;
  const console = consoleRouter(`${PROJECT_ROOT}/dist/console`);
  const app = createGateway({
    settings,
    archive,
    redis: prompt,
    quiet,
    admin,
    queueBoard,
    console,
    log,
    observe: observed.requests,
  });
  await promptLedger.prepare();
  const server = await listen(createGatewayServer(app), settings.gateway);
  const stopIntake = startIntake({ redis: patient, settings, archive, quiet: intake, log });
  const store = openBackfillStore(patient, settings.redis.prefix);
  const backfillParts = { ledger: observed.ledgerOn(patient), queue: patientQueue, archive };
  const backfills = repeat('backfills', 500, () => runBackfills(store, backfillParts), log);
  const stopObserving = observed.start({ prompt, patient, queue: promptQueue });
  const { port } = server.address() as AddressInfo;
  log.info({ port }, 'gateway listens');

  return {
    port,
    async close() {
      server.close();
      server.closeAllConnections();
      await Promise.all([stopIntake(), backfills.stop(), stopObserving()]);
      await Promise.all([promptQueue.close(), patientQueue.close(), board.close()]);
      prompt.disconnect();
      patient.disconnect();
      await archive.http.close();
    },
  };
}

function listen(server: Server, { host, port }: Settings['gateway']): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
