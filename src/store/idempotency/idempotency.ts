import { createHash, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { AppError } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';
import { KEEP_ANSWER } from '../scripts/keep-answer.js';
import { RELEASE_ANSWER } from '../scripts/release-answer.js';
import { runScript } from '../scripts/script.js';

const RETENTION_MS = 24 * 3600 * 1000;
/** How long a request may run before its key can be used again: longer than any handler waits for anything. */
const RUNNING_MS = 5 * 60 * 1000;

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
export function openOnce(redis: Redis, nameOf: StoreKeys['once']): RunOnce {
  return async <Answer>(scope: string, key: string, request: unknown, run: () => Promise<Answer>) => {
    const name = nameOf(digest(`${scope}\0${key}`));
    const own: Kept = { owner: randomUUID(), request: digest(JSON.stringify(request)) };
    const taken = await redis.set(name, JSON.stringify(own), 'PX', RUNNING_MS, 'NX');
    if (taken === null) return repeat(await redis.get(name), own.request) as Answer;
    try {
      const reply = await run();
      const entry = JSON.stringify({ ...own, reply });
      await runScript(redis, KEEP_ANSWER, [name], own.owner, entry, RETENTION_MS);
      return reply;
    } catch (error) {
      await runScript(redis, RELEASE_ANSWER, [name], own.owner).catch(() => undefined);
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
