import type { Logger } from 'pino';
import { toAppError } from '../core/index.js';
import { asQueueError } from '../store/index.js';

/** Something that runs again and again until it is stopped. */
export interface Repeating {
  /** Resolves when the run under way has ended. */
  stop(): Promise<void>;
}

/**
 * Runs a task, waits, runs it again; never two at once. A failure is logged when its code changes, not every time,
 * and the wait doubles up to 30 s, so that an archive that is away neither floods the log nor is missed for long.
 */
export function repeat(
  name: string,
  intervalMs: number,
  task: () => Promise<unknown>,
  log: Logger,
): Repeating {
  let stopped = false;
  let wake: () => void = () => undefined;
  let lastCode: string | undefined;
  let failures = 0;

  async function loop(): Promise<void> {
    while (!stopped) {
      try {
        await task();
        if (lastCode !== undefined) log.info({ task: name }, 'works again');
        lastCode = undefined;
        failures = 0;
      } catch (thrown) {
        const error = toAppError(asQueueError(thrown));
        failures += 1;
        if (error.code !== lastCode)
          log.warn({ task: name, code: error.code, detail: error.message }, error.advice);
        lastCode = error.code;
      }
      if (stopped) return;
      const wait = failures === 0 ? intervalMs : Math.max(intervalMs, Math.min(30_000, 500 * 2 ** failures));
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, wait).unref();
      });
    }
  }

  const running = loop();
  return {
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}
