import { readFileSync } from 'node:fs';
import type { SecureContextOptions } from 'node:tls';
import { Redis, type RedisOptions } from 'ioredis';
import type { Settings } from '../../config/index.js';
import { AppError } from '../../core/index.js';

/** How a connection behaves while Redis is away. */
export type ConnectionRole =
  /** Commands wait for Redis to come back: BullMQ's workers and the intake. */
  | 'waiting'
  /** Commands fail at once: HTTP handlers, so that a request gets a 503 instead of hanging. */
  | 'failFast';

/** Where Redis is, and how it is spoken to. */
export type RedisAddress = Pick<Settings['redis'], 'url'> & Partial<Settings['redis']>;

/** A connection is given up for a new one at most so often. */
const RECONNECT_EVERY_MS = 1000;

/**
 * Opens a connection that reconnects for ever, waiting at most two seconds between tries. With `sentinels` it follows the
 * primary that they name.
 * @throws AppError `CONFIG_INVALID` when a file of TLS cannot be read
 */
export function connectRedis(settings: RedisAddress, role: ConnectionRole): Redis {
  let reconnectedAt = 0;
  const redis = new Redis({
    ...addressOf(settings),
    maxRetriesPerRequest: null,
    enableOfflineQueue: role === 'waiting',
    // A command that Redis never answers (a half-open connection) must not hang an HTTP request.
    ...(role === 'failFast' ? { commandTimeout: 5000 } : {}),
    retryStrategy: (times) => Math.min(100 * times, 2000),
    sentinelRetryStrategy: (times) => Math.min(100 * times, 2000),
    // After a fail-over the former primary may still answer: the new one is found by connecting anew. The command fails with
    // what Redis said.
    reconnectOnError({ message }) {
      if (!/\bREADONLY\b/.test(message) || Date.now() - reconnectedAt < RECONNECT_EVERY_MS) return false;
      reconnectedAt = Date.now();
      return true;
    },
  });
  // Without a listener ioredis prints each failed reconnect; the store writes them to the log, damped.
  redis.on('error', () => undefined);
  return redis;
}

function addressOf(settings: RedisAddress): RedisOptions {
  const { protocol, hostname, port, username, password, pathname } = new URL(settings.url);
  const tls = protocol === 'rediss:' ? { tls: tlsOf(settings) } : {};
  const user = username ? decodeURIComponent(username) : settings.username;
  const secret = password ? decodeURIComponent(password) : settings.password;
  const common: RedisOptions = {
    ...(user ? { username: user } : {}),
    ...(secret ? { password: secret } : {}),
    db: Number(pathname.slice(1)) || 0,
    ...tls,
  };
  const sentinels = sentinelsOf(settings.sentinels ?? '');
  if (sentinels.length === 0) {
    return { ...common, host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  }
  const { sentinelName = '', sentinelUsername = '', sentinelPassword = '' } = settings;
  return {
    ...common,
    sentinels,
    name: sentinelName,
    ...(sentinelUsername ? { sentinelUsername } : {}),
    ...(sentinelPassword ? { sentinelPassword } : {}),
    ...(tls.tls ? { sentinelTLS: tls.tls, enableTLSForSentinelMode: true } : {}),
  };
}

/** `host:port` with commas between them. */
function sentinelsOf(text: string): { host: string; port: number }[] {
  return text
    .split(/[, ]+/)
    .filter(Boolean)
    .map((address) => {
      const { hostname, port } = new URL(`redis://${address}`);
      return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 26379) };
    });
}

function tlsOf({ caFile = '', certFile = '', keyFile = '' }: RedisAddress): SecureContextOptions {
  const read = (name: string, path: string) => {
    try {
      return readFileSync(path);
    } catch (cause) {
      const setting = `redis.${name}`;
      throw new AppError('CONFIG_INVALID', `Settings: the file of ${setting} cannot be read`, {
        cause,
        settings: [setting],
      });
    }
  };
  return {
    ...(caFile ? { ca: read('caFile', caFile) } : {}),
    ...(certFile ? { cert: read('certFile', certFile) } : {}),
    ...(keyFile ? { key: read('keyFile', keyFile) } : {}),
  };
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
