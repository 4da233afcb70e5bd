import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import { loadModalities, type Settings } from '../config/index.js';
import { openArchive } from '../dicomweb/archive/index.js';
import { openLedger } from '../ledger/index.js';
import { connectRedis, redisReady } from '../queue/index.js';
import { openEngine, startStudyWorker, type EngineClient } from '../worker/index.js';
import { ENGINE_ENTRY, VERSION } from './project.js';
import type { RunningProcess } from './gateway-process.js';

/** Starts a worker: its engines first, so that a broken model is found at start and not by a study. */
export async function startWorker(settings: Settings, log: Logger): Promise<RunningProcess> {
  const modalities = loadModalities(settings.model.modalities);
  const engines = Array.from({ length: settings.worker.concurrency }, () => openEngineFor(settings));
  const connection = connectRedis(settings.redis, 'patient');
  try {
    const [model] = await Promise.all(engines.map((engine) => engine.load()));
    await redisReady(connection, 15_000);
    log.info(
      { model: model!.version, sha256: model!.sha256.slice(0, 12), provider: model!.provider },
      'model loaded',
    );
  } catch (error) {
    connection.disconnect();
    await Promise.all(engines.map((engine) => engine.close()));
    throw error;
  }
  const archive = openArchive(settings.archive);
  const worker = startStudyWorker({
    connection,
    settings,
    ledger: openLedger(connection, settings.redis),
    contexts: engines.map((engine) => ({ settings, modalities, softwareVersion: VERSION, archive, engine })),
    log,
  });
  log.info({ slots: engines.length }, 'worker takes studies');

  return {
    async close() {
      await worker.close();
      await Promise.all(engines.map((engine) => engine.close()));
      connection.disconnect();
      await archive.http.close();
    },
  };
}

function openEngineFor(settings: Settings): EngineClient {
  const { engine, worker, model } = settings;
  return openEngine({
    entry: ENGINE_ENTRY,
    manifestPath: model.manifest,
    threads: engine.threads || Math.max(1, Math.floor(availableParallelism() / worker.concurrency)),
    provider: engine.provider,
    libraryPath: engine.libraryPath,
    deadlineMs: engine.deadlineSeconds * 1000,
    memoryBytes: engine.memoryMegabytes * 1024 * 1024,
  });
}
