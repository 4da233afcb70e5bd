import type { Redis } from 'ioredis';
import type { StoreKeys } from '../keys.js';
import { removeIndexed } from './study-index.js';

/** How much of the ledger is kept; 0 = all. */
export interface LedgerRetention {
  /** Days since the last change of a study. */
  readonly retentionDays: number;
  readonly maxStudies: number;
}

const DAY_MS = 24 * 3600 * 1000;
const BATCH = 200;
/** Studies removed in one call: the first one after the setting was made shall not hold up Redis. */
const MAX_REMOVED = 20_000;

/**
 * Forgets the studies that changed longest ago, as far as they are more or older than allowed. A study that is under
 * way or waits in quarantine stays, and so does what was counted.
 * @param now ms since 1970
 * @returns how many were forgotten
 */
export async function forgetOldStudies(
  redis: Redis,
  keys: StoreKeys['ledger'],
  { retentionDays, maxStudies }: LedgerRetention,
  now: number,
): Promise<number> {
  const oldest = retentionDays > 0 ? now - retentionDays * DAY_MS : -Infinity;
  const surplus = maxStudies > 0 ? (await redis.zcard(keys.studies)) - maxStudies : 0;
  let removed = 0;
  for (let passed = 0; removed < MAX_REMOVED;) {
    const flat = await redis.zrange(keys.studies, passed, passed + BATCH - 1, 'WITHSCORES');
    const page = flat.flatMap((uid, at) => (at % 2 === 0 ? [{ uid, changed: flat[at + 1]! }] : []));
    const room = surplus - removed;
    const due = page.filter(({ changed }, at) => at < room || Number(changed) < oldest);
    const gone = await Promise.all(due.map(({ uid, changed }) => removeIndexed(redis, keys, uid, changed)));
    const count = gone.filter(Boolean).length;
    removed += count;
    passed += due.length - count;
    if (due.length < page.length || page.length < BATCH) break;
  }
  return removed;
}
