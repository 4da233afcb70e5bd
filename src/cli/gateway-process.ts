import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Logger } from 'pino';
import { studiesRouter } from '../admin/index.js';
import type { Settings } from '../config/index.js';
import { createGateway } from '../dicomweb/app.js';
import { openArchive } from '../dicomweb/archive/index.js';
import { openQuietPeriod, startIntake } from '../dicomweb/intake/index.js';
import { openLedger } from '../ledger/index.js';
import { connectRedis, openStudyQueue, redisReady } from '../queue/index.js';

/** A running role. */
export interface RunningProcess {
  /** Port, for the gateway. */
  readonly port?: number;
  close(): Promise<void>;
}

/** Starts the gateway: HTTP, and the intake that needs no request. */
export async function startGateway(settings: Settings, log: Logger): Promise<RunningProcess> {
  // Two connections: HTTP handlers get an error at once when Redis is away, the intake waits for it.
  const prompt = connectRedis(settings.redis, 'prompt');
  const patient = connectRedis(settings.redis, 'patient');
  await Promise.all([redisReady(prompt, 15_000), redisReady(patient, 15_000)]);
  const archive = openArchive(settings.archive);
  const promptLedger = openLedger(prompt, settings.redis);
  const promptQueue = openStudyQueue(prompt, settings);
  const patientQueue = openStudyQueue(patient, settings);

  const quiet = openQuietPeriod({ redis: prompt, settings, queue: promptQueue, ledger: promptLedger, log });
  const intake = openQuietPeriod({
    redis: patient,
    settings,
    queue: patientQueue,
    ledger: openLedger(patient, settings.redis),
    log,
  });
  const admin = express.Router().use(
    studiesRouter({
      ledger: promptLedger,
      queue: promptQueue,
      exists: async (study) => (await archive.dicomweb.searchInstances(study)).length > 0,
    }),
  );
  const app = createGateway({ settings, archive, redis: prompt, quiet, admin, log });
  const server = await listen(createServer(app), settings.gateway);
  const stopIntake = startIntake({ redis: patient, settings, archive, quiet: intake, log });
  const { port } = server.address() as AddressInfo;
  log.info({ port }, 'gateway listens');

  return {
    port,
    async close() {
      server.close();
      server.closeAllConnections();
      await stopIntake();
      await Promise.all([promptQueue.close(), patientQueue.close()]);
      prompt.disconnect();
      patient.disconnect();
      await archive.http.close();
    },
  };
}

function listen(server: Server, { host, port }: Settings['gateway']): Promise<Server> {
  // A long STOW upload must not be cut off by Node's default of five minutes.
  server.requestTimeout = 0;
  // Longer than what proxies and clients keep an idle connection, so that they close it and not we.
  server.keepAliveTimeout = 75_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
