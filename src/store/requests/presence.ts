import type { Redis } from 'ioredis';
import { COUNT_ANSWERING } from '../scripts/count-answering.js';
import { runScript } from '../scripts/script.js';

/** Which workers answer requests; by Redis's own clock, because those of machines differ. */
export interface RequestPresence {
  /** To be called every few seconds. */
  announce(worker: string): Promise<void>;
  leave(worker: string): Promise<void>;
  /** How many have announced themselves lately. */
  present(): Promise<number>;
}

const PRESENCE_WINDOW_SECONDS = 20;

export function openRequestPresence(redis: Redis, key: string): RequestPresence {
  return {
    async announce(worker) {
      await runScript(redis, COUNT_ANSWERING, [key], worker, PRESENCE_WINDOW_SECONDS);
    },
    async leave(worker) {
      await redis.zrem(key, worker);
    },
    async present() {
      return Number(await runScript(redis, COUNT_ANSWERING, [key], '', PRESENCE_WINDOW_SECONDS));
    },
  };
}
