import { Redis } from 'ioredis';
import type { Settings } from '../../config/index.js';
import { AppError } from '../../core/index.js';

/** How a connection behaves while Redis is away. */
export type RedisRole =
  /** Commands wait for Redis to come back: BullMQ's workers and the intake. */
  | 'patient'
  /** Commands fail at once: HTTP handlers, so that a request gets a 503 instead of hanging. */
  | 'prompt';

/** Opens a connection that reconnects for ever, waiting at most two seconds between tries. */
export function connectRedis(settings: Settings['redis'], role: RedisRole): Redis {
  const redis = new Redis(settings.url, {
    maxRetriesPerRequest: null,
    enableOfflineQueue: role === 'patient',
    // A command that Redis never answers (a half-open connection) must not hang an HTTP request.
    ...(role === 'prompt' ? { commandTimeout: 5000 } : {}),
    retryStrategy: (times) => Math.min(100 * times, 2000),
  });
  // Without a listener ioredis prints each failed reconnect; state is reported by `redisReady` instead.
  redis.on('error', () => undefined);
  return redis;
}

/**
 * Waits until a connection can be used.
 * @throws AppError `QUEUE_UNAVAILABLE` after the given time
 */
export async function redisReady(redis: Redis, timeoutMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve, reject) => {
    const onReady = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      redis.off('ready', onReady);
      reject(new AppError('QUEUE_UNAVAILABLE', `Redis did not answer within ${timeoutMs / 1000} s`));
    }, timeoutMs);
    redis.once('ready', onReady);
  });
}
