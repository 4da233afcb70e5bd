import type { Redis } from 'ioredis';
import { z } from 'zod';
import { isUid, type Uid } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';

/** A worker that has not been seen for so long counts as dead. */
const WORKER_ALIVE_MS = 20_000;
/** A dead worker is shown for so long. */
const RETENTION_SECONDS = 3600;

const workerSchema = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.int(),
  /** Of this software. */
  version: z.string(),
  startedAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
  /** What the engine really uses. */
  provider: z.string(),
  /** Of the network's matrix products: `float32` or `int8`. */
  precision: z.string().default('float32'),
  /** Whether that is the CPU because the memory of a GPU did not suffice. */
  fellBack: z.boolean().default(false),
  model: z.object({ version: z.string(), sha256: z.string() }),
  /** Studies at a time. */
  slots: z.int(),
  /** What it works on. */
  current: z.array(
    z.object({
      studyInstanceUid: z.custom<Uid>(isUid),
      correlationId: z.string(),
      since: z.iso.datetime(),
    }),
  ),
  /** Studies finished within the last hour. */
  done1h: z.int(),
  /** Frames segmented a minute, over the last ten minutes. */
  framesPerMinute: z.number(),
  /** Resident memory of the worker and its engines. */
  memoryMegabytes: z.number(),
  /** Why it takes no studies; absent when it does. */
  problem: z.object({ code: z.string(), message: z.string(), advice: z.string() }).nullable().default(null),
});

/** A worker as it describes itself every few seconds. */
export type WorkerRecord = z.infer<typeof workerSchema>;

/** A worker and whether it was seen lately. */
export type KnownWorker = WorkerRecord & { readonly alive: boolean };

/** Which workers there are. */
export interface WorkerRegistry {
  /** Notes that a worker lives. */
  note(worker: WorkerRecord): Promise<void>;
  /** Forgets a worker that was stopped on purpose. */
  forget(id: string): Promise<void>;
  /** Workers seen within the last hour, the longest running first. @param now ms since 1970 */
  known(now?: number): Promise<KnownWorker[]>;
}

/** Ids by time, and a hash of JSON values a worker. */
export function openWorkerRegistry(redis: Redis, keys: StoreKeys['workers']): WorkerRegistry {
  return {
    async note(worker) {
      const fields = Object.entries(worker).map(([field, value]) => [field, JSON.stringify(value)] as const);
      const seen = Date.parse(worker.seenAt);
      await redis
        .multi()
        .hset(keys.one(worker.id), Object.fromEntries(fields))
        .expire(keys.one(worker.id), RETENTION_SECONDS)
        .zadd(keys.all, seen, worker.id)
        .zremrangebyscore(keys.all, '-inf', seen - RETENTION_SECONDS * 1000)
        .exec();
    },

    async forget(id) {
      await redis.multi().del(keys.one(id)).zrem(keys.all, id).exec();
    },

    async known(now = Date.now()) {
      const ids = await redis.zrangebyscore(keys.all, now - RETENTION_SECONDS * 1000, '+inf');
      const hashes = await Promise.all(ids.map((id) => redis.hgetall(keys.one(id))));
      const workers = hashes.flatMap((fields) => {
        const values = Object.entries(fields).map(([field, text]) => [field, JSON.parse(text)] as const);
        // A worker of another version may say less: it is left out rather than shown wrongly.
        const parsed = workerSchema.safeParse(Object.fromEntries(values));
        return parsed.success ? [parsed.data] : [];
      });
      return workers
        .map((worker) => ({ ...worker, alive: now - Date.parse(worker.seenAt) <= WORKER_ALIVE_MS }))
        .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
    },
  };
}
