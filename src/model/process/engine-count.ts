import { availableParallelism } from 'node:os';
import type { Channel } from '../../core/index.js';
import type { LoadedModel, Provider } from './protocol.js';

/** What a worker needs beside its engines, MB. */
export const WORKER_MEGABYTES = 512;
/** `worker.concurrency` at most. */
const MOST = 64;

/** What decides on the number of engines. */
export interface EngineRoom {
  /** `worker.concurrency`; 0: by the machine. */
  readonly concurrency: number;
  /** `engine.memoryMegabytes`: what one engine may grow to. */
  readonly memoryMegabytes: number;
}

/**
 * How many engines a worker has, each for one study at a time. By the machine they are as many as its cores, with one
 * thread each: two threads of one engine wait for each other at every layer, and for a core that is busy with something
 * else (measured in docs/performance.md). Fewer where memory would not hold them at their limit.
 * @param machine its cores and its memory in bytes
 */
export function engineCount(
  { concurrency, memoryMegabytes }: EngineRoom,
  machine: { readonly cores?: number; readonly memory: number },
): number {
  if (concurrency > 0) return concurrency;
  const room = Math.floor((machine.memory / (1024 * 1024) - WORKER_MEGABYTES) / memoryMegabytes);
  return Math.max(1, Math.min(machine.cores ?? availableParallelism(), room, MOST));
}

/** Threads of one engine. @param threads `engine.threads`; 0: the cores shared out among the engines */
export function engineThreads(threads: number, engines: number, cores = availableParallelism()): number {
  return threads || Math.max(1, Math.floor(cores / engines));
}

/**
 * Passes that one batch on a GPU begins with: what a microscopy picture takes at once, and a fundus picture in three batches.
 * Not measured: nobody has run this on a GPU. What does not fit is halved.
 */
const GPU_BATCH_SIZE = 16;

/**
 * Tiles and views, of a picture or of several, that go through the network together. One by one on a CPU: there a batch takes memory and
 * saves no time (measured in docs/performance.md).
 * @param batchSize `engine.batchSize`; 0: by the provider
 */
export function engineBatchSize(batchSize: number, provider: Provider): number {
  return batchSize || (provider === 'cpu' ? 1 : GPU_BATCH_SIZE);
}

/**
 * Pictures of a channel that an engine is asked about together: as many as go through the network at once, at least 1. A channel whose
 * picture fills a batch by itself gains nothing from company. One until the model is known.
 * @param batchSize of the engine at present
 */
export function picturesTogether(
  batchSize: number,
  channel: Channel,
  model: Pick<LoadedModel, 'channels'> | undefined,
): number {
  const found = model?.channels.find(({ name }) => name === channel);
  return found ? Math.max(1, Math.floor(batchSize / (found.tiles ** 2 * found.views))) : 1;
}
