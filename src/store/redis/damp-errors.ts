import type { Logger } from 'pino';
import { toAppError } from '../../core/index.js';
import { asQueueError } from './errors.js';

const SILENCE_MS = 60_000;

/**
 * Writes errors that come again and again to the log: one line a kind and minute, with how many were left out.
 * @param message of the line
 */
export function dampErrors(
  log: Pick<Logger, 'warn'>,
  message: string,
  now: () => number = Date.now,
): (error: unknown) => void {
  const kinds = new Map<string, { at: number; leftOut: number }>();
  return (thrown) => {
    const error = toAppError(asQueueError(thrown));
    // Of an error that is not ours the class is the kind.
    const kind = error.code === 'INTERNAL' ? error.message : error.code;
    const last = kinds.get(kind);
    if (last && now() - last.at < SILENCE_MS) {
      last.leftOut += 1;
      return;
    }
    const leftOut = last?.leftOut ?? 0;
    kinds.set(kind, { at: now(), leftOut: 0 });
    const { code, message: detail, advice } = error;
    log.warn({ code, detail, advice, ...(leftOut > 0 ? { leftOut } : {}) }, message);
  };
}
