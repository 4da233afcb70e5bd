import { AppError } from '../../core/index.js';

// ioredis has no class for these; the texts are those of ioredis 5.
const AWAY = [
  "Stream isn't writeable and enableOfflineQueue options is false",
  'Connection is closed.',
  'Command timed out',
  'connect ECONNREFUSED',
  'read ECONNRESET',
  'LOADING Redis is loading the dataset in memory',
];

/** Turns ioredis's errors of a Redis that is away into `QUEUE_UNAVAILABLE`; anything else stays what it is. */
export function asQueueError(thrown: unknown): unknown {
  if (thrown instanceof AppError || !(thrown instanceof Error)) return thrown;
  if (!AWAY.some((text) => thrown.message.startsWith(text))) return thrown;
  return new AppError('QUEUE_UNAVAILABLE', 'Redis does not answer', { cause: thrown });
}
