import type { Readable } from 'node:stream';
import { AppError, within } from '../../../core/index.js';

/** How slow and how large an upload may be. */
export interface UploadLimits {
  /** The longest wait for the next piece. */
  readonly idleMs: number;
  /** The least mean rate, bytes a second, over every `RATE_WINDOW_MS` of waiting. */
  readonly minBytesPerSecond: number;
  /** Of the whole body; `Infinity` for any. */
  readonly maxBytes: number;
}

const RATE_WINDOW_MS = 20_000;

/**
 * The pieces of a body, as long as its sender keeps the limits. Only the time in which we wait for the sender counts:
 * a sender that the archive holds back is not slow. The stream is not destroyed, so that it can still be answered.
 * @throws AppError `UPLOAD_TOO_SLOW`, `UPLOAD_TOO_LARGE`; what the stream throws when the sender hangs up
 */
export async function* readPaced(body: Readable, limits: UploadLimits): AsyncGenerator<Buffer> {
  const pieces = body.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let bytes = 0;
  let windowBytes = 0;
  let windowMs = 0;
  try {
    for (;;) {
      const asked = performance.now();
      const next = await within(limits.idleMs, pieces.next(), () => tooIdle(limits.idleMs));
      if (next.done) return;
      windowMs += performance.now() - asked;
      windowBytes += next.value.length;
      bytes += next.value.length;
      if (bytes > limits.maxBytes) throw tooLarge(limits.maxBytes);
      if (windowMs >= RATE_WINDOW_MS) {
        if (windowBytes < (limits.minBytesPerSecond * windowMs) / 1000) {
          throw new AppError(
            'UPLOAD_TOO_SLOW',
            `The body came with less than ${limits.minBytesPerSecond} bytes a second`,
          );
        }
        windowMs = windowBytes = 0;
      }
      yield next.value;
    }
  } finally {
    // Waits for a piece that was asked for, so it is not waited for.
    void pieces.return?.().catch(() => undefined);
  }
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError('UPLOAD_TOO_LARGE', `The body has more than ${maxBytes} bytes`);
}

function tooIdle(ms: number): AppError {
  return new AppError('UPLOAD_TOO_SLOW', `Nothing of the body came for ${ms / 1000} seconds`);
}
