import type { Worker } from 'bullmq';
import type { Logger } from 'pino';
import { errorCodeOf } from '../../core/index.js';
import { dampErrors } from '../redis/damp-errors.js';
import { asQueueError } from '../redis/errors.js';
import type { RedisServer } from '../redis/server.js';

const AGAIN_AFTER_MS = 1000;
/** Errors within a second from which a worker counts as spinning, whatever they are. */
const MAX_ERRORS_A_SECOND = 20;

/**
 * Keeps a BullMQ worker from spinning while Redis answers and refuses: after a refusal it takes nothing until Redis can do
 * what the queue needs. Its errors are written to the log, damped.
 * @param name of the queue, for the log
 */
export function guardWorker(
  worker: Pick<Worker, 'on' | 'pause' | 'resume'> & { readonly closing: unknown },
  server: Pick<RedisServer, 'able'>,
  log: Pick<Logger, 'warn' | 'info'>,
  name: string,
): void {
  const note = dampErrors(log, `${name}: connection to Redis`);
  let isHeld = false;
  let second = 0;
  let errors = 0;

  worker.on('error', (error) => {
    note(error);
    const now = Math.floor(Date.now() / 1000);
    errors = now === second ? errors + 1 : 1;
    second = now;
    const code = errorCodeOf(asQueueError(error));
    const refuses = code.startsWith('QUEUE_') && code !== 'QUEUE_UNAVAILABLE';
    if ((refuses || errors > MAX_ERRORS_A_SECOND) && !isHeld) void hold();
  });

  async function hold(): Promise<void> {
    isHeld = true;
    await worker.pause(true);
    do {
      await new Promise<void>((resolve) => void setTimeout(resolve, AGAIN_AFTER_MS).unref());
      if (worker.closing) return;
    } while (!(await isAble()));
    isHeld = false;
    await worker.resume();
    log.info({ queue: name }, 'Redis works again');
  }

  const isAble = () =>
    server.able().then(
      () => true,
      () => false,
    );
}
