import type { Redis } from 'ioredis';
import type { StoreKeys } from '../keys.js';
import { indexKeys } from './study-index.js';

/** How much the ledger holds. */
export interface LedgerSize {
  readonly studies: number;
  /** In Redis's memory, estimated from some of the studies; undefined where Redis does not tell (MEMORY USAGE). */
  readonly bytes: number | undefined;
}

/** So many studies are measured, evenly over the ledger. */
const SAMPLE = 100;

/** Counts the studies and estimates their memory. */
export async function measureLedger(redis: Redis, keys: StoreKeys['ledger']): Promise<LedgerSize> {
  const studies = await redis.zcard(keys.studies);
  if (studies === 0) return { studies, bytes: 0 };
  const ranks = Array.from({ length: Math.min(SAMPLE, studies) }, (_, n) =>
    Math.floor((n * studies) / Math.min(SAMPLE, studies)),
  );
  const uids = (await Promise.all(ranks.map((rank) => redis.zrange(keys.studies, rank, rank)))).flat();
  const bytesOf = async (names: readonly string[]) => {
    const sizes = await Promise.all(names.map((name) => redis.memory('USAGE', name)));
    return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  };
  try {
    const sampled = await bytesOf(uids.flatMap((uid) => [keys.study(uid), keys.events(uid)]));
    const index = await bytesOf(await indexKeys(redis, keys));
    return { studies, bytes: Math.round((sampled / uids.length) * studies + index) };
  } catch {
    // An old Redis, or one whose administrator does not allow the command.
    return { studies, bytes: undefined };
  }
}
