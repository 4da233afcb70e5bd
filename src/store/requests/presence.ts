import type { Redis } from 'ioredis';
import type { Settings } from '../../config/index.js';

/** Which workers answer requests; by Redis's own clock, because those of machines differ. */
export interface RequestPresence {
  /** To be called every few seconds. */
  announce(worker: string): Promise<void>;
  leave(worker: string): Promise<void>;
  /** How many have announced themselves lately. */
  present(): Promise<number>;
}

const LATELY_SECONDS = 20;
const COUNT = `
local now = tonumber(redis.call('TIME')[1])
if ARGV[1] ~= '' then redis.call('ZADD', KEYS[1], now, ARGV[1]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ${LATELY_SECONDS})
return redis.call('ZCARD', KEYS[1])`;

export function openRequestPresence(redis: Redis, settings: Settings['redis']): RequestPresence {
  const key = `${settings.prefix}:request-workers`;
  return {
    async announce(worker) {
      await redis.eval(COUNT, 1, key, worker);
    },
    async leave(worker) {
      await redis.zrem(key, worker);
    },
    async present() {
      return Number(await redis.eval(COUNT, 1, key, ''));
    },
  };
}
