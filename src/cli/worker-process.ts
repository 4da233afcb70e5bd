import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { loadModalities } from '../routing/index.js';
import type { Settings } from '../config/index.js';
import { connectRedis, openActiveModel, redisReady } from '../store/index.js';
import { openArchive } from '../archive/index.js';
import { type Observer, serveMetrics } from '../telemetry/index.js';
import {
  type ModelSwitch,
  openModelSwitch,
  type SlotEngine,
  slotPreparation,
  startHeartbeat,
  startStudyWorker,
} from '../worker/index.js';
import { openEngineFor } from './engine-for.js';
import type { RunningProcess } from './gateway-process.js';
import { archiveWatch, engineWatch, workerLedger } from './observation.js';
import { VERSION } from './project.js';
import { startControl } from './worker-control.js';

/** Starts a worker: its engines first, so that a broken model is found at start and not by a study. */
export async function startWorker(
  settings: Settings,
  log: Logger,
  observer: Observer,
): Promise<RunningProcess> {
  const modalities = loadModalities(settings.model.modalities);
  const connection = connectRedis(settings.redis, 'patient');
  const models = await openModelSwitch({
    active: openActiveModel(connection, settings.redis),
    settings: settings.model,
    worker: `${hostname()}-${process.pid}`,
    log,
  });
  const engines = await startEngines(settings, models, connection, observer, log);
  const archive = openArchive(settings.archive, archiveWatch(observer));
  const ledger = workerLedger(connection, settings, observer, log);
  const control = startControl({ settings, modalities, connection, models, archive, ledger, log });
  const heartbeat = await startHeartbeat({
    redis: connection,
    prefix: settings.redis.prefix,
    version: VERSION,
    slots: engines.length,
    // Slots exchange their model one after the other, each before its next study; the first speaks for all.
    model: () => engines[0]!.model()!,
    engines,
    log,
  });
  // Before any study is taken: a port that is in use ends the start, and a study under way would count as stalled.
  const shown = await serveMetrics(observer.metrics, settings.metrics);
  const worker = startStudyWorker({
    heartbeat,
    observer,
    connection,
    settings,
    ledger,
    contexts: engines.map((engine) => ({ settings, modalities, softwareVersion: VERSION, archive, engine })),
    prepare: slotPreparation({ engines, models, ...control }),
    log,
  });
  log.info({ slots: engines.length }, 'worker takes studies');

  return {
    async close() {
      await worker.close();
      await shown.close();
      await control.close();
      // While Redis is away a stop does not wait for it.
      if (connection.status === 'ready') await models.close();
      await heartbeat.close();
      await Promise.all(engines.map((engine) => engine.close()));
      connection.disconnect();
      await archive.http.close();
    },
  };
}

async function startEngines(
  settings: Settings,
  models: ModelSwitch,
  connection: Redis,
  observer: Observer,
  log: Logger,
): Promise<SlotEngine[]> {
  try {
    await redisReady(connection, 15_000);
    const watch = engineWatch(observer);
    const open = (manifestPath: string) => openEngineFor(settings, manifestPath, { watch });
    const engines = await models.start(open, settings.worker.concurrency);
    const { version, sha256, provider } = engines[0]!.model()!;
    log.info({ model: version, sha256: sha256.slice(0, 12), provider }, 'model loaded');
    return engines;
  } catch (error) {
    connection.disconnect();
    throw error;
  }
}
