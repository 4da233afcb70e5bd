import { type AppError, toAppError } from '../../core/index.js';
import { asQueueError, type RedisServer } from '../../store/index.js';
import type { Machine } from '../machine.js';

/** What Redis says of itself. */
export type RedisProbe =
  | { readonly kind: 'unreachable'; readonly error: AppError }
  | {
      readonly kind: 'redis';
      /** Fields of INFO. */
      readonly info: Readonly<Record<string, string>>;
      /** Its working folder; undefined when CONFIG is not allowed. */
      readonly dir: string | undefined;
      /** Seconds by which its clock is ahead of ours. */
      readonly clockAhead: number;
    };

const CONNECT_TIMEOUT_MS = 5000;

/** Waits a little for the connection, then asks. */
export async function probeRedis(server: RedisServer, machine: Machine): Promise<RedisProbe> {
  const error = await server.whyNotReady(CONNECT_TIMEOUT_MS);
  if (error !== undefined) return { kind: 'unreachable', error };
  try {
    const began = machine.now();
    const time = await server.time();
    const middle = (began + machine.now()) / 2;
    const [info, dir] = [await server.info(), await server.directory()];
    return { kind: 'redis', info, dir, clockAhead: (time - middle) / 1000 };
  } catch (thrown) {
    return { kind: 'unreachable', error: toAppError(asQueueError(thrown)) };
  }
}
