import type { Redis } from 'ioredis';
import { AppError } from '../../core/index.js';

/** The Redis behind a store: whether it answers, and what it says of itself. */
export interface RedisServer {
  /** Whether commands can be sent now. */
  isReady(): boolean;
  /** Waits until the connection can be used. @throws AppError `QUEUE_UNAVAILABLE` after the given time */
  ready(timeoutMs: number): Promise<void>;
  /**
   * Waits a little for the connection.
   * @returns why it cannot be used, or undefined when it can
   */
  whyNotReady(timeoutMs: number): Promise<string | undefined>;
  ping(): Promise<unknown>;
  /** Its clock, ms since 1970. */
  time(): Promise<number>;
  /** Fields of INFO. */
  info(): Promise<Readonly<Record<string, string>>>;
  /** Its working folder; undefined when CONFIG is not allowed. */
  directory(): Promise<string | undefined>;
}

export function openRedisServer(redis: Redis): RedisServer {
  return {
    isReady: () => redis.status === 'ready',
    ready: (timeoutMs) => ready(redis, timeoutMs),
    whyNotReady: (timeoutMs) => whyNotReady(redis, timeoutMs),
    ping: () => redis.ping(),
    async time() {
      const [seconds, micros] = (await redis.time()).map(Number) as [number, number];
      return seconds * 1000 + micros / 1000;
    },
    async info() {
      return parseInfo(await redis.info());
    },
    directory: () =>
      redis.config('GET', 'dir').then(
        (answer) => (answer as string[])[1],
        () => undefined,
      ),
  };
}

async function ready(redis: Redis, timeoutMs: number): Promise<void> {
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

async function whyNotReady(redis: Redis, timeoutMs: number): Promise<string | undefined> {
  if (redis.status === 'ready') return undefined;
  return new Promise((resolve) => {
    let last = `no answer within ${timeoutMs / 1000} s`;
    const onError = (error: unknown) => {
      last = reasonOf(error);
      // These do not go away by waiting.
      if (/WRONGPASS|NOAUTH|ENOTFOUND|ECONNREFUSED/.test(last)) settle(last);
    };
    const onReady = () => settle(undefined);
    const timer = setTimeout(() => settle(last), timeoutMs);
    const settle = (reason: string | undefined) => {
      clearTimeout(timer);
      redis.off('error', onError);
      redis.off('ready', onReady);
      resolve(reason);
    };
    redis.on('error', onError);
    redis.once('ready', onReady);
  });
}

/** Redis's own words hold no data of ours; only their first line, and never a password. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name).slice(0, 160) : 'unknown';
}

function parseInfo(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) fields[line.slice(0, colon)] = line.slice(colon + 1);
  }
  return fields;
}
