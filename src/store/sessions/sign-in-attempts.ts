import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { AppError } from '../../core/index.js';

const TRIES = 10;
const WINDOW_SECONDS = 60;

/**
 * Lets an address fail to sign in ten times a minute. A try counts before it is made, so that many at once do not
 * pass together; one that succeeds is given back.
 * The function throws AppError `TOO_MANY` when the tries are used up.
 */
export function limitTries(
  redis: Redis,
  prefix: string,
): <T>(address: string, attempt: () => Promise<T>) => Promise<T> {
  return async (address, attempt) => {
    // An address belongs to a person: it is kept as a hash.
    const name = createHash('sha256').update(address).digest('hex').slice(0, 32);
    const key = `${prefix}:sign-in:${name}`;
    // The first command makes the window; it changes nothing within one.
    const count = (step: 1 | -1) =>
      redis.multi().set(key, 0, 'EX', WINDOW_SECONDS, 'NX').incrby(key, step).exec();
    if (Number((await count(1))?.[1]?.[1]) > TRIES) {
      throw new AppError('TOO_MANY', 'Too many failed tries to sign in from this address');
    }
    const result = await attempt();
    await count(-1);
    return result;
  };
}
