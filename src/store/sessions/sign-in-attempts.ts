import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { AppError } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';

const TRIES = 10;
const WINDOW_SECONDS = 60;

/** Runs a try to sign in; throws AppError `TOO_MANY` instead when the tries of an address are used up. */
export type LimitTries = <T>(address: string, attempt: () => Promise<T>) => Promise<T>;

/**
 * Lets an address fail to sign in ten times a minute. A try counts before it is made, so that many at once do not
 * pass together; one that succeeds is given back.
 */
export function limitTries(redis: Redis, keyOf: StoreKeys['signIn']): LimitTries {
  return async (address, attempt) => {
    // An address belongs to a person: it is kept as a hash.
    const name = createHash('sha256').update(address).digest('hex').slice(0, 32);
    const key = keyOf(name);
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
