import type { Redis } from 'ioredis';
import type { Machine } from '../machine.js';

/** What Redis says of itself. */
export type RedisProbe =
  | { readonly kind: 'unreachable'; readonly reason: string }
  | {
      readonly kind: 'redis';
      /** Fields of INFO. */
      readonly info: Readonly<Record<string, string>>;
      /** Its working folder; undefined when CONFIG is not allowed. */
      readonly dir: string | undefined;
      /** Seconds by which its clock is ahead of ours. */
      readonly clockAhead: number;
    };

const PATIENCE_MS = 5000;

/** Waits a little for the connection, then asks. */
export async function probeRedis(redis: Redis, machine: Machine): Promise<RedisProbe> {
  const reason = await notReady(redis);
  if (reason !== undefined) return { kind: 'unreachable', reason };
  try {
    const began = machine.now();
    const [seconds, micros] = (await redis.time()).map(Number) as [number, number];
    const middle = (began + machine.now()) / 2;
    const info = parseInfo(await redis.info());
    const dir = await redis.config('GET', 'dir').then(
      (answer) => (answer as string[])[1],
      () => undefined,
    );
    return { kind: 'redis', info, dir, clockAhead: (seconds * 1000 + micros / 1000 - middle) / 1000 };
  } catch (error) {
    return { kind: 'unreachable', reason: plain(error) };
  }
}

/** @returns why the connection cannot be used, or undefined when it can */
async function notReady(redis: Redis): Promise<string | undefined> {
  if (redis.status === 'ready') return undefined;
  return new Promise((resolve) => {
    let last = `no answer within ${PATIENCE_MS / 1000} s`;
    const onError = (error: unknown) => {
      last = plain(error);
      // These do not go away by waiting.
      if (/WRONGPASS|NOAUTH|ENOTFOUND|ECONNREFUSED/.test(last)) settle(last);
    };
    const onReady = () => settle(undefined);
    const timer = setTimeout(() => settle(last), PATIENCE_MS);
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
function plain(error: unknown): string {
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
