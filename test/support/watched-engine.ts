import { type EngineClient, openEngine } from '../../src/model/index.js';
import type { EngineTiming } from '../../src/model/process/protocol.js';

/** An engine process on one thread of the CPU, with room and time for everything. @param took hears of each picture's request */
export function openWatchedEngine(
  model: { readonly entry: string; readonly manifestPath: string; readonly batchSize?: number },
  took: (timing: EngineTiming) => void,
): EngineClient {
  const ignore = () => undefined;
  return openEngine({
    ...model,
    threads: 1,
    provider: 'cpu',
    deadlineMs: 60_000,
    memoryBytes: 2 ** 33,
    watch: { loaded: ignore, restarted: ignore, outOfMemory: ignore, took },
  });
}
