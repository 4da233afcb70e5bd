import type { Redis } from 'ioredis';
import type { StoreKeys } from '../keys.js';

/** New studies by hour, and whether the alert that none come is raised; shared by all gateways. Hours are since 1970. */
export interface FeedCounts {
  /** Counts a new study. */
  add(hour: number): Promise<void>;
  /** Studies of some hours, in their order; 0 where none came. */
  counts(hours: readonly number[]): Promise<number[]>;
  /** Notes when counting began, unless it has. */
  begin(hour: number): Promise<void>;
  /** The hour in which counting began; undefined when it has not. */
  since(): Promise<number | undefined>;
  forgetBefore(hour: number): Promise<void>;
  /** The hour in which the alert was raised; undefined when it is not. */
  silentSince(): Promise<number | undefined>;
  /** Raises the alert. @returns false when another gateway has */
  raise(hour: number): Promise<boolean>;
  /** Takes the alert back. @returns false when another gateway has */
  clear(): Promise<boolean>;
}

export function openFeedCounts(redis: Redis, keys: StoreKeys['feed']): FeedCounts {
  const hourIn = (text: string | null) => (text === null ? undefined : Number(text));
  return {
    async add(hour) {
      await redis.multi().hincrby(keys.hours, String(hour), 1).setnx(keys.since, hour).exec();
    },
    async counts(hours) {
      return (await redis.hmget(keys.hours, ...hours.map(String))).map(Number);
    },
    async begin(hour) {
      await redis.setnx(keys.since, hour);
    },
    async since() {
      return hourIn(await redis.get(keys.since));
    },
    async forgetBefore(hour) {
      const old = (await redis.hkeys(keys.hours)).filter((kept) => Number(kept) < hour);
      if (old.length > 0) await redis.hdel(keys.hours, ...old);
    },
    async silentSince() {
      return hourIn(await redis.get(keys.silent));
    },
    async raise(hour) {
      return (await redis.set(keys.silent, String(hour), 'NX')) === 'OK';
    },
    async clear() {
      return (await redis.del(keys.silent)) === 1;
    },
  };
}
