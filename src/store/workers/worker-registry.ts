import type { Redis } from 'ioredis';
import { z } from 'zod';
import { isUid, type Uid } from '../../core/index.js';

/** A worker that has not been seen for so long counts as dead. */
export const WORKER_ALIVE_MS = 20_000;
/** A dead worker is shown for so long. */
const KEPT_SECONDS = 3600;

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
});

/** A worker as it describes itself every few seconds. */
export type WorkerRecord = z.infer<typeof workerSchema>;

/** A worker and whether it was seen lately. */
export type KnownWorker = WorkerRecord & { readonly alive: boolean };

const indexKey = (prefix: string) => `${prefix}:workers`;
const recordKey = (prefix: string, id: string) => `${prefix}:workers:${id}`;

/** Notes that a worker lives. Keys: `<prefix>:workers` (ids by time), `<prefix>:workers:<id>` (hash of JSON values). */
export async function noteWorker(redis: Redis, prefix: string, worker: WorkerRecord): Promise<void> {
  const fields = Object.entries(worker).map(([key, value]) => [key, JSON.stringify(value)] as const);
  const seen = Date.parse(worker.seenAt);
  await redis
    .multi()
    .hset(recordKey(prefix, worker.id), Object.fromEntries(fields))
    .expire(recordKey(prefix, worker.id), KEPT_SECONDS)
    .zadd(indexKey(prefix), seen, worker.id)
    .zremrangebyscore(indexKey(prefix), '-inf', seen - KEPT_SECONDS * 1000)
    .exec();
}

/** Forgets a worker that was stopped on purpose. */
export async function forgetWorker(redis: Redis, prefix: string, id: string): Promise<void> {
  await redis.multi().del(recordKey(prefix, id)).zrem(indexKey(prefix), id).exec();
}

/** Workers seen within the last hour, the longest running first. */
export async function knownWorkers(redis: Redis, prefix: string, now = Date.now()): Promise<KnownWorker[]> {
  const ids = await redis.zrangebyscore(indexKey(prefix), now - KEPT_SECONDS * 1000, '+inf');
  const hashes = await Promise.all(ids.map((id) => redis.hgetall(recordKey(prefix, id))));
  const workers = hashes.flatMap((fields) => {
    const values = Object.entries(fields).map(([key, text]) => [key, JSON.parse(text)] as const);
    // A worker of another version may say less: it is left out rather than shown wrongly.
    const parsed = workerSchema.safeParse(Object.fromEntries(values));
    return parsed.success ? [parsed.data] : [];
  });
  return workers
    .map((worker) => ({ ...worker, alive: now - Date.parse(worker.seenAt) <= WORKER_ALIVE_MS }))
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}
