import type { Redis } from 'ioredis';
import { z } from 'zod';

/** What a worker found when it tried a model. */
export const verificationSchema = z.object({
  ok: z.boolean(),
  at: z.iso.datetime(),
  seconds: z.number(),
  checks: z.array(
    z.object({
      name: z.enum(['files', 'load', 'run', 'golden']),
      status: z.enum(['ok', 'fail', 'skipped']),
      detail: z.string(),
    }),
  ),
});

export type Verification = z.infer<typeof verificationSchema>;

/** The latest verification of each model. */
export interface Verifications {
  all(): Promise<ReadonlyMap<string, Verification>>;
  keep(id: string, verification: Verification): Promise<void>;
}

/** Kept in a Redis hash by model id. */
export function openVerifications(redis: Redis, key: string): Verifications {
  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(key));
      return new Map(entries.map(([id, text]) => [id, verificationSchema.parse(JSON.parse(text))]));
    },
    async keep(id, verification) {
      await redis.hset(key, id, JSON.stringify(verification));
    },
  };
}
