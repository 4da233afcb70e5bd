import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { loadModalities } from '../routing/index.js';
import type { Settings } from '../config/index.js';
import { connectStore, type Store } from '../store/index.js';
import { deletionEvent, openAudit, runEvents } from '../audit/index.js';
import { openArchive } from '../archive/index.js';
import {
  correlationIdOfWork,
  countAudit,
  countStudies,
  type Telemetry,
  serveMetrics,
} from '../telemetry/index.js';
import {
  type ModelSwitch,
  openLending,
  openModelSwitch,
  type SlotEngine,
  slotPreparation,
  startHeartbeat,
  startStudyWorker,
} from '../worker/index.js';
import { closeWithoutRedis } from './close-without-redis.js';
import { enginesOf, openEngineFor } from './engine-for.js';
import type { RunningProcess } from './gateway-process.js';
import { archiveHooks, engineHooks } from './telemetry-hooks.js';
import { VERSION } from './project.js';
import { usePseudonymKey } from './pseudonym-key.js';
import { startControl } from './worker-control.js';

const REDIS_TIMEOUT_MS = 15_000;

/** Starts a worker: its engines first, so that a broken model is found at start and not by a study. */
export async function startWorker(
  settings: Settings,
  log: Logger,
  telemetry: Telemetry,
): Promise<RunningProcess> {
  const modalities = loadModalities(settings.model.modalities);
  const store = connectStore(settings, 'waiting', { log, correlationId: correlationIdOfWork });
  store.ledger.onChange(countStudies(telemetry.metrics));
  const models = await openModelSwitch({
    active: store.activeModel,
    settings: settings.model,
    worker: `${hostname()}-${process.pid}`,
    log,
  });
  const engines = await startEngines(settings, models, store, telemetry, log);
  await usePseudonymKey(settings, store);
  const archive = openArchive(settings.archive, archiveHooks(telemetry));
  await store.ledger.prepare();
  const audit = openAudit({ settings, process: 'worker', store, log });
  countAudit(telemetry.metrics, audit);
  store.ledger.onChange((change) => {
    for (const event of runEvents(change, settings.archive.dicomwebUrl)) audit.note(event);
  });
  const isFallback = (engine: SlotEngine) => engine.model()!.provider !== settings.engine.provider;
  const control = startControl({ settings, modalities, store, models, archive, log });
  const heartbeat = await startHeartbeat({
    store,
    version: VERSION,
    slots: engines.length,
    // Slots exchange their model one after the other, each before its next study; the first speaks for all, or one that has
    // gone on with the CPU.
    model: () => (engines.find(isFallback) ?? engines[0]!).model()!,
    fellBack: () => engines.some(isFallback),
    engines,
    log,
  });
  // Before any study is taken: a port that is in use ends the start, and a study under way would count as stalled.
  const shown = await serveMetrics(telemetry.metrics, settings.metrics);
  const lending = openLending(engines);
  const worker = startStudyWorker({
    heartbeat,
    telemetry,
    store,
    settings,
    contexts: engines.map((engine) => ({ settings, modalities, softwareVersion: VERSION, archive, engine })),
    onDeleted: (study, correlationId) => audit.note(deletionEvent(study, correlationId)),
    lending,
    prepare: slotPreparation({ engines, models, lending, ...control }),
    log,
  });
  log.info({ slots: engines.length }, 'worker takes studies');

  async function inOrder(): Promise<void> {
    await worker.close();
    await shown.close();
    await control.close();
    // While Redis is away a stop does not wait for it.
    if (store.server.isReady()) await models.close();
    await heartbeat.close();
    await Promise.all(engines.map((engine) => engine.close()));
    await audit.close();
    await store.close();
    await archive.http.close();
  }

  return {
    async close() {
      if (await closeWithoutRedis(inOrder(), () => store.server.isReady())) return;
      log.warn('stopped without Redis: a study under way is taken over by another worker');
      await Promise.all(engines.map((engine) => engine.close()));
    },
  };
}

async function startEngines(
  settings: Settings,
  models: ModelSwitch,
  store: Store,
  telemetry: Telemetry,
  log: Logger,
): Promise<SlotEngine[]> {
  try {
    await store.server.ready(REDIS_TIMEOUT_MS);
    const watch = engineHooks(telemetry, log);
    const open = (manifestPath: string) => openEngineFor(settings, manifestPath, { watch });
    const engines = await models.start(open, enginesOf(settings));
    const { version, sha256, provider } = engines[0]!.model()!;
    log.info({ model: version, sha256: sha256.slice(0, 12), provider }, 'model loaded');
    return engines;
  } catch (error) {
    await store.close();
    throw error;
  }
}
