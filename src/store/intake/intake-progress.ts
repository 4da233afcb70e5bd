import type { Redis } from 'ioredis';
import type { Uid } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';

/** How far the archive was read; shared by all gateways. */
export interface IntakeProgress {
  /** The last change of Orthanc's feed that was read; undefined before the first start ever. */
  cursor(): Promise<number | undefined>;
  moveCursor(change: number): Promise<void>;
  /** How many instances a study had when it was last reconciled, as the archive's text; undefined for a new one. */
  seen(study: Uid): Promise<string | undefined>;
  markSeen(study: Uid, instances: string): Promise<void>;
  forgetSeen(study: Uid): Promise<void>;
  /** Whether the archive's studies have ever been compared with those seen. */
  hasBaseline(): Promise<boolean>;
  markBaseline(at: Date): Promise<void>;
}

export function openIntakeProgress(redis: Redis, keys: StoreKeys['intake']): IntakeProgress {
  return {
    async cursor() {
      const kept = await redis.get(keys.cursor);
      return kept === null ? undefined : Number(kept);
    },
    async moveCursor(change) {
      await redis.set(keys.cursor, change);
    },
    async seen(study) {
      return (await redis.hget(keys.seen, study)) ?? undefined;
    },
    async markSeen(study, instances) {
      await redis.hset(keys.seen, study, instances);
    },
    async forgetSeen(study) {
      await redis.hdel(keys.seen, study);
    },
    async hasBaseline() {
      return (await redis.exists(keys.baseline)) === 1;
    },
    async markBaseline(at) {
      await redis.set(keys.baseline, at.toISOString());
    },
  };
}
