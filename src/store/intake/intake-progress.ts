import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Uid } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';
import { RELEASE_LOCK } from '../scripts/release-lock.js';
import { runScript } from '../scripts/script.js';

/** A gateway that dies in a reconcile pass holds up the next one for so long. */
const CLAIM_MS = 60_000;

/** Parts of the archive's list that are first only taken note of. */
export type Baseline = 'recent' | 'all';

/** How far the archive was read; shared by all gateways. */
export interface IntakeProgress {
  /** The last change of Orthanc's feed that was read; undefined before the first start ever. */
  cursor(): Promise<number | undefined>;
  moveCursor(change: number): Promise<void>;
  /** Begins a reconcile pass. @returns undefined while another gateway makes one */
  claimPass(): Promise<{ release(): Promise<void> } | undefined>;
  /** How many instances studies had when they were last reconciled, as the archive's text; undefined for new ones. */
  seen(studies: readonly Uid[]): Promise<(string | undefined)[]>;
  /** @param instances by study */
  markSeen(instances: ReadonlyMap<Uid, string>): Promise<void>;
  forgetSeen(study: Uid): Promise<void>;
  /** Rows of the whole study list that the sweep under way has read. */
  sweep(): Promise<number>;
  moveSweep(rows: number): Promise<void>;
  /** Begins the next sweep; studies that the ended one did not see are forgotten one sweep later. */
  endSweep(): Promise<void>;
  /** Whether the archive's studies have ever been compared with those seen. */
  hasBaseline(of: Baseline): Promise<boolean>;
  markBaseline(of: Baseline, at?: Date): Promise<void>;
}

/** What was seen is kept in two hashes: of the sweep under way, and of the one before, which goes when the next begins. */
export function openIntakeProgress(redis: Redis, keys: StoreKeys['intake']): IntakeProgress {
  const baselineKey = (of: Baseline) => (of === 'all' ? keys.baseline : keys.recentBaseline);
  return {
    async cursor() {
      const kept = await redis.get(keys.cursor);
      return kept === null ? undefined : Number(kept);
    },
    async moveCursor(change) {
      await redis.set(keys.cursor, change);
    },
    async claimPass() {
      const owner = randomUUID();
      if ((await redis.set(keys.reconcileLock, owner, 'PX', CLAIM_MS, 'NX')) === null) return undefined;
      return {
        release: async () => void (await runScript(redis, RELEASE_LOCK, [keys.reconcileLock], owner)),
      };
    },
    async seen(studies) {
      if (studies.length === 0) return [];
      const [now, before] = await Promise.all(
        [keys.seen, keys.seenBefore].map((key) => redis.hmget(key, ...studies)),
      );
      return studies.map((_, i) => now?.[i] ?? before?.[i] ?? undefined);
    },
    async markSeen(instances) {
      if (instances.size > 0) await redis.hset(keys.seen, Object.fromEntries(instances));
    },
    async forgetSeen(study) {
      await redis.multi().hdel(keys.seen, study).hdel(keys.seenBefore, study).exec();
    },
    async sweep() {
      return Number((await redis.get(keys.sweep)) ?? 0);
    },
    async moveSweep(rows) {
      await redis.set(keys.sweep, rows);
    },
    async endSweep() {
      const transaction = redis.multi().unlink(keys.seenBefore).del(keys.sweep);
      // RENAME fails without a source: an archive without studies has none.
      if ((await redis.exists(keys.seen)) === 1) transaction.rename(keys.seen, keys.seenBefore);
      await transaction.exec();
    },
    async hasBaseline(of) {
      return (await redis.exists(keys.baseline, baselineKey(of))) > 0;
    },
    async markBaseline(of, at = new Date()) {
      await redis.set(baselineKey(of), at.toISOString());
    },
  };
}
