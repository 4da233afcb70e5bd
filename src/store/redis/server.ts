import type { Redis } from 'ioredis';
import { AppError, toAppError } from '../../core/index.js';
import { type StoreKeys, storeKeys } from '../keys.js';
import { runScript } from '../scripts/script.js';
import { TRY_WRITING } from '../scripts/try-writing.js';
import { asQueueError, isLasting } from './errors.js';

/** The Redis behind a store: whether it answers, and what it says of itself. */
export interface RedisServer {
  /** Whether commands can be sent now. */
  isReady(): boolean;
  /**
   * Waits until Redis answers and can do what the queue needs. What waiting does not end is thrown at once.
   * @throws AppError `QUEUE_…` of the kind that was seen last, after the given time
   */
  ready(timeoutMs: number): Promise<void>;
  /**
   * Waits a little for the connection.
   * @returns why it cannot be used, or undefined when it can
   */
  whyNotReady(timeoutMs: number): Promise<AppError | undefined>;
  /**
   * One write, one script, one blocking read: PING is answered by a Redis that can do none of them.
   * @throws AppError `QUEUE_…`
   */
  able(): Promise<void>;
  /** Its clock, ms since 1970. */
  time(): Promise<number>;
  /** Fields of INFO. */
  info(): Promise<Readonly<Record<string, string>>>;
  /** Its working folder; undefined when CONFIG is not allowed. */
  directory(): Promise<string | undefined>;
}

const AGAIN_AFTER_MS = 500;
const TRY_RETENTION_MS = 60_000;
const BLOCK_SECONDS = 0.01;

export function openRedisServer(
  redis: Redis,
  keys: StoreKeys['ready'] = storeKeys('esp').ready,
): RedisServer {
  let trying: Promise<void> | undefined;
  /** Everybody who asks meanwhile gets the same answer: nobody can keep the connection busy by asking. */
  const able = () => (trying ??= tryOut(redis, keys).finally(() => (trying = undefined)));
  return {
    isReady: () => redis.status === 'ready',
    ready: (timeoutMs) => ready(redis, able, timeoutMs),
    whyNotReady: (timeoutMs) => connected(redis, timeoutMs),
    able,
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

async function tryOut(redis: Redis, keys: StoreKeys['ready']): Promise<void> {
  try {
    await redis.set(keys.write, '1', 'PX', TRY_RETENTION_MS);
    await runScript(redis, TRY_WRITING, [keys.one, keys.two], '1', TRY_RETENTION_MS);
    await redis.bzpopmin(keys.wait, BLOCK_SECONDS);
    // BullMQ asks for the version.
    await redis.info('server');
  } catch (error) {
    throw asQueueError(error);
  }
}

async function ready(redis: Redis, able: () => Promise<void>, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const problem =
      (await connected(redis, deadline - Date.now())) ?? (await able().then(noProblem, toAppError));
    if (problem === undefined) return;
    // A replica becomes the primary only where somebody sees to it.
    const passes =
      problem.code === 'QUEUE_UNAVAILABLE' ||
      (problem.code === 'QUEUE_READ_ONLY' && (redis.options.sentinels?.length ?? 0) > 0);
    if (!passes || Date.now() + AGAIN_AFTER_MS > deadline) throw problem;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
  }
}

const noProblem = () => undefined;

/** Waits for the connection; what waiting does not end is told at once. */
async function connected(redis: Redis, timeoutMs: number): Promise<AppError | undefined> {
  if (redis.status === 'ready') return undefined;
  return new Promise((resolve) => {
    const seconds = Math.max(0, timeoutMs / 1000).toFixed(0);
    let last = new AppError('QUEUE_UNAVAILABLE', `Redis does not answer: no connection within ${seconds} s`);
    const onError = (thrown: unknown) => {
      const error = asQueueError(thrown);
      if (!(error instanceof AppError)) return;
      last = error;
      if (isLasting(error)) settle(error);
    };
    const onReady = () => settle(undefined);
    const timer = setTimeout(() => settle(last), Math.max(0, timeoutMs));
    const settle = (reason: AppError | undefined) => {
      clearTimeout(timer);
      redis.off('error', onError);
      redis.off('ready', onReady);
      resolve(reason);
    };
    redis.on('error', onError);
    redis.once('ready', onReady);
  });
}

function parseInfo(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) fields[line.slice(0, colon)] = line.slice(colon + 1);
  }
  return fields;
}
