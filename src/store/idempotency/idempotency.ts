import { createHash, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { AppError } from '../../core/index.js';

const KEPT_MS = 24 * 3600 * 1000;
/** How long a request may run before its key can be used again: longer than any handler waits for anything. */
const RUNNING_MS = 5 * 60 * 1000;

// Only who holds the key writes to it: a request that ran too long must not overwrite its successor's answer.
const IF_OWN = (then: string) =>
  `local kept = redis.call('GET', KEYS[1]) if kept and cjson.decode(kept).owner == ARGV[1] then ${then} end return 0`;
const KEEP = IF_OWN(`redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])`);
const RELEASE = IF_OWN(`redis.call('DEL', KEYS[1])`);

/** Runs something once per Idempotency-Key: a repeat gets the first answer. `Answer` must survive JSON. */
export type RunOnce = <Answer>(
  scope: string,
  key: string,
  request: unknown,
  run: () => Promise<Answer>,
) => Promise<Answer>;

interface Kept {
  readonly owner: string;
  readonly request: string;
  readonly reply?: unknown;
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Idempotency keys in Redis: for 24 hours a repeat gets the first answer, across gateways and restarts. An error is
 * no answer: the request may be repeated with the same key.
 * The function throws AppError `CONFLICT` while the first request still runs, `INVALID_REQUEST` when the key was
 * used with another request.
 */
export function openOnce(redis: Redis, prefix: string): RunOnce {
  return async <Answer>(scope: string, key: string, request: unknown, run: () => Promise<Answer>) => {
    const name = `${prefix}:once:${digest(`${scope}\0${key}`)}`;
    const own: Kept = { owner: randomUUID(), request: digest(JSON.stringify(request)) };
    const taken = await redis.set(name, JSON.stringify(own), 'PX', RUNNING_MS, 'NX');
    if (taken === null) return repeat(await redis.get(name), own.request) as Answer;
    try {
      const reply = await run();
      await redis.eval(KEEP, 1, name, own.owner, JSON.stringify({ ...own, reply }), KEPT_MS);
      return reply;
    } catch (error) {
      await redis.eval(RELEASE, 1, name, own.owner).catch(() => undefined);
      throw error;
    }
  };
}

function repeat(text: string | null, request: string): unknown {
  const kept = text === null ? undefined : (JSON.parse(text) as Kept);
  if (kept && kept.request !== request) {
    throw new AppError('INVALID_REQUEST', 'This Idempotency-Key was used with another request');
  }
  if (kept?.reply === undefined)
    throw new AppError('CONFLICT', 'A request with this Idempotency-Key is still running');
  return kept.reply;
}
