import { availableParallelism } from 'node:os';
import type { Settings } from '../config/index.js';
import { type EngineClient, type EngineHooks, openEngine } from '../model/index.js';
import { ENGINE_ENTRY } from './project.js';

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
  const { engine, worker } = settings;
  const ofSlot = engine.threads || Math.max(1, Math.floor(availableParallelism() / worker.concurrency));
  return openEngine({
    entry: ENGINE_ENTRY,
    manifestPath,
    threads: Math.max(1, Math.floor(ofSlot * share)),
    provider: engine.provider,
    libraryPath: engine.libraryPath,
    deadlineMs: engine.deadlineSeconds * 1000,
    memoryBytes: engine.memoryMegabytes * 1024 * 1024,
    ...(watch ? { watch } : {}),
  });
}
