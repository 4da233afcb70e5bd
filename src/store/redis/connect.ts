import { Redis } from 'ioredis';
import type { Settings } from '../../config/index.js';

/** How a connection behaves while Redis is away. */
export type ConnectionRole =
  /** Commands wait for Redis to come back: BullMQ's workers and the intake. */
  | 'waiting'
  /** Commands fail at once: HTTP handlers, so that a request gets a 503 instead of hanging. */
  | 'failFast';

/** Opens a connection that reconnects for ever, waiting at most two seconds between tries. */
export function connectRedis(settings: Pick<Settings['redis'], 'url'>, role: ConnectionRole): Redis {
  const redis = new Redis(settings.url, {
    maxRetriesPerRequest: null,
    enableOfflineQueue: role === 'waiting',
    // A command that Redis never answers (a half-open connection) must not hang an HTTP request.
    ...(role === 'failFast' ? { commandTimeout: 5000 } : {}),
    retryStrategy: (times) => Math.min(100 * times, 2000),
  });
  // Without a listener ioredis prints each failed reconnect; state is reported by `RedisServer` instead.
  redis.on('error', () => undefined);
  return redis;
}

/**
 * Asks a Redis once, without waiting for it.
 * @throws when it cannot be reached, or still reads its append-only file
 */
export async function pingRedis(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}
