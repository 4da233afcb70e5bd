import type { Settings } from '../config/index.js';
import {
  engineBatchSize,
  type EngineClient,
  engineCount,
  type EngineHooks,
  engineThreads,
  openEngine,
} from '../model/index.js';
import { THIS_MACHINE } from '../doctor/index.js';
import { ENGINE_ENTRY } from './project.js';

/** How many engines a worker has with these settings on this machine. */
export function enginesOf({ engine, worker }: Settings): number {
  return engineCount({ ...engine, ...worker }, { memory: THIS_MACHINE.memory() });
}

/**
 * The engine of a model, as the settings want engines; nothing is started yet.
 * @param options.share part of a slot's threads that it gets; those beside the slots take less, for studies come first
 * @param options.watch hears of what the engine does
 */
export function openEngineFor(
  settings: Settings,
  manifestPath: string,
  options: { readonly share?: number; readonly watch?: EngineHooks } = {},
): EngineClient {
  const { share = 1, watch } = options;
  const { engine } = settings;
  const ofSlot = engineThreads(engine.threads, enginesOf(settings));
  return openEngine({
    entry: ENGINE_ENTRY,
    manifestPath,
    threads: Math.max(1, Math.floor(ofSlot * share)),
    provider: engine.provider,
    precision: engine.precision,
    // Factors are rounded by their range in the whole batch: a mask would depend on what goes through the network with it.
    batchSize: engine.precision === 'int8' ? 1 : engineBatchSize(engine.batchSize, engine.provider),
    batchWaitMs: engine.batchWaitMilliseconds,
    cpuFallback: engine.gpuOutOfMemory === 'cpu',
    libraryPath: engine.libraryPath,
    deadlineMs: engine.deadlineSeconds * 1000,
    memoryBytes: engine.memoryMegabytes * 1024 * 1024,
    ...(watch ? { watch } : {}),
  });
}
