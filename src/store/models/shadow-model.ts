import type { Redis } from 'ioredis';
import type { Channel } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';
import { ADD_AGREEMENT } from '../scripts/add-agreement.js';
import { runScript } from '../scripts/script.js';

/** A second model that the workers run beside the active one. */
export interface ShadowState {
  readonly id: string;
  /** The active model it is compared with. */
  readonly against: string;
  /** Begin of the comparison. */
  readonly since: string;
}

/** What the comparison of one study adds; by channel, null for what neither model takes for its own. */
export interface Comparison {
  readonly channel: Channel | null;
  readonly units: number;
  /** Units that both models end the same way: same channel, and foreground in both or in none. */
  readonly same: number;
  /** Sum of Dice over the units in which either model sees foreground, and how many those are. */
  readonly dice: number;
  readonly diceUnits: number;
}

/** The agreement of one channel so far. */
export interface Agreement extends Comparison {
  readonly studies: number;
}

/** What the workers could not compare. */
export interface ShadowTrouble {
  /** Studies that were left out because the comparison is slower than the studies come. */
  readonly skipped: number;
  readonly failed: number;
  /** Of the latest failure: code of the catalogue. */
  readonly lastError: string | undefined;
}

/** The shadow model, and how it agrees with the active one. */
export interface ShadowModel {
  state(): Promise<ShadowState | undefined>;
  /** Sets or, with undefined, ends the shadow; the comparison begins anew. */
  set(shadow: { id: string; against: string } | undefined): Promise<void>;
  /** Adds the comparison of a study; nothing is added when either model has changed meanwhile. */
  add(of: ShadowState, comparisons: readonly Comparison[]): Promise<void>;
  noteSkipped(of: ShadowState): Promise<void>;
  noteFailed(of: ShadowState, code: string): Promise<void>;
  agreement(): Promise<{ perChannel: Agreement[]; trouble: ShadowTrouble }>;
}

const NEITHER = 'none';

/** The state in Redis: one hash for the shadow, one with the sums. */
export function openShadowModel(redis: Redis, keys: StoreKeys['models']): ShadowModel {
  const { shadow: shadowKey, agreement: sumsKey } = keys;
  const addIfSame = async ({ id, against, since }: ShadowState, ...pairs: readonly (string | number)[]) => {
    await runScript(redis, ADD_AGREEMENT, [shadowKey, sumsKey], id, against, since, ...pairs);
  };

  return {
    async state() {
      const { id, against, since } = await redis.hgetall(shadowKey);
      return id && against && since ? { id, against, since } : undefined;
    },
    async set(shadow) {
      const transaction = redis.multi().del(shadowKey, sumsKey);
      if (shadow) transaction.hset(shadowKey, { ...shadow, since: new Date().toISOString() });
      await transaction.exec();
    },
    async add(of, comparisons) {
      const pairs = comparisons.flatMap(({ channel, ...sums }) =>
        Object.entries({ studies: 1, ...sums }).flatMap(([name, amount]) => [
          `${channel ?? NEITHER}:${name}`,
          amount,
        ]),
      );
      if (pairs.length > 0) await addIfSame(of, ...pairs);
    },
    noteSkipped: (of) => addIfSame(of, 'skipped', 1),
    noteFailed: (of, code) => addIfSame(of, 'failed', 1, '=lastError', code),
    async agreement() {
      const sums = await redis.hgetall(sumsKey);
      const names = Object.keys(sums).filter((field) => field.includes(':'));
      const channels = [...new Set(names.map((field) => field.split(':')[0]!))].sort();
      const number = (field: string) => Number(sums[field] ?? 0);
      return {
        perChannel: channels.map((channel) => ({
          channel: channel === NEITHER ? null : channel,
          studies: number(`${channel}:studies`),
          units: number(`${channel}:units`),
          same: number(`${channel}:same`),
          dice: number(`${channel}:dice`),
          diceUnits: number(`${channel}:diceUnits`),
        })),
        trouble: { skipped: number('skipped'), failed: number('failed'), lastError: sums.lastError },
      };
    },
  };
}
