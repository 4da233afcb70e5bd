import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { type AdminDependencies, consoleRouter, createAdmin, queueBoard } from '../admin/index.js';
import { openAccess } from '../access/index.js';
import { actorOf, openAudit } from '../audit/index.js';
import { connectStore, type Store } from '../store/index.js';
import { openQuietPeriod, repeat, runBackfills, startIntake } from '../intake/index.js';
import { describeSettings, type Settings } from '../config/index.js';
import { createGateway, createGatewayServer } from '../dicomweb/index.js';
import { openTlsFiles } from '../net/index.js';
import { openArchive } from '../archive/index.js';
import { correlationIdOfWork, countAudit, localTelemetry, type Telemetry } from '../telemetry/index.js';
import { closeWithoutRedis } from './close-without-redis.js';
import { archiveHooks, gatewayTelemetry } from './telemetry-hooks.js';
import { PROJECT_ROOT, VERSION } from './project.js';
import { usePseudonymKey } from './pseudonym-key.js';

/** A running role. */
export interface RunningProcess {
  /** Port, for the gateway. */
  readonly port?: number;
  close(): Promise<void>;
}

const REDIS_TIMEOUT_MS = 15_000;
const RETENTION_INTERVAL_MS = 10 * 60_000;

/** Starts the gateway: HTTP, and the intake that needs no request. */
export async function startGateway(
  settings: Settings,
  log: Logger,
  telemetry: Telemetry = localTelemetry(settings),
): Promise<RunningProcess> {
  // Two connections: HTTP handlers get an error at once when Redis is away, the intake waits for it.
  const options = { log, correlationId: correlationIdOfWork };
  const failFast = connectStore(settings, 'failFast', options);
  const waiting = connectStore(settings, 'waiting', options);
  await Promise.all([failFast.server.ready(REDIS_TIMEOUT_MS), waiting.server.ready(REDIS_TIMEOUT_MS)]);
  await usePseudonymKey(settings, failFast);
  const access = openAccess({ settings, store: failFast });
  const audit = openAudit({ settings, process: 'gateway', store: failFast, log });
  countAudit(telemetry.metrics, audit);
  const observed = gatewayTelemetry({ settings, telemetry, access, log });
  const archive = openArchive(settings.archive, archiveHooks(telemetry));

  const quietOf = (store: Store) =>
    openQuietPeriod({
      store,
      settings,
      orthanc: archive.orthanc,
      log,
      watch: observed.intakeOf(store),
    });
  const adminParts: AdminDependencies = {
    settings,
    access,
    store: failFast,
    archive,
    log,
    audit,
    version: VERSION,
    settingNotes: describeSettings(PROJECT_ROOT),
    metrics: telemetry.metrics,
  };
  const admin = createAdmin(adminParts);
  const console = consoleRouter(`${PROJECT_ROOT}/dist/console`);
  const app = createGateway({
    settings,
    archive,
    store: failFast,
    quiet: quietOf(failFast),
    admin,
    access,
    queueBoard: queueBoard(adminParts, '/admin/queues'),
    console,
    log,
    audit,
    observe: observed.requests,
  });
  await failFast.ledger.prepare();
  const refusedClient = (address: string, code: string) => {
    log.warn({ address, surface: 'TLS', reason: code }, 'access refused');
    audit.note({
      type: 'Security Alert',
      alert: 'Node Authentication',
      actor: actorOf({ name: 'unknown', roles: [] }, address),
      subject: 'TLS',
      description: code,
      operation: 'handshake',
      status: 401,
      requestId: '',
    });
  };
  const tls = settings.gateway.certFile === '' ? undefined : gatewayTls(settings.gateway);
  const server = await listen(createGatewayServer(app, tls, refusedClient), settings.gateway);
  const stopIntake = startIntake({ store: waiting, settings, archive, quiet: quietOf(waiting), log });
  const backfills = repeat('backfills', 500, () => runBackfills({ store: waiting, archive }), log);
  const retention = repeat(
    'retention',
    RETENTION_INTERVAL_MS,
    () => waiting.ledger.prune(settings.ledger),
    log,
  );
  const stopObserving = observed.start({ failFast, waiting });
  const { port } = server.address() as AddressInfo;
  log.info({ port }, 'gateway listens');

  return {
    port,
    async close() {
      server.close();
      server.closeAllConnections();
      const inOrder = async () => {
        await Promise.all([stopIntake(), backfills.stop(), retention.stop(), stopObserving()]);
        await audit.close();
        await Promise.all([failFast.close(), waiting.close()]);
        await archive.http.close();
      };
      if (!(await closeWithoutRedis(inOrder(), () => waiting.server.isReady()))) {
        log.warn('stopped without Redis: what it was told and could not note is found by the next reconcile');
      }
    },
  };
}

const gatewayTls = (settings: Settings['gateway']) => openTlsFiles(settings, 'gateway', 'only these');

function listen(server: Server, { host, port }: Settings['gateway']): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
