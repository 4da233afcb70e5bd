import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Settings } from '../../config/index.js';
import { type Actor, type Role, ROLES } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';

/** How long a session lasts, seconds; it is not prolonged. */
export const SESSION_SECONDS = 12 * 3600;

const kept = z.object({ role: z.enum(ROLES), proof: z.string() });

/** Sessions of signed-in people. */
export interface SessionStore {
  /** @returns the session's id: the only copy */
  open(role: Role): Promise<string>;
  /** Who a session belongs to, or undefined when it has ended. */
  find(id: string): Promise<Actor | undefined>;
  end(id: string): Promise<void>;
}

/**
 * Sessions in Redis. Redis knows a hash of the id and a proof that only id and token together give, so that who
 * reads Redis can neither use nor make a session; a session ends when the token it was opened with is changed.
 */
export function openSessionStore(
  redis: Redis,
  keyOf: StoreKeys['session'],
  admin: Settings['admin'],
): SessionStore {
  const tokens: Record<Role, string> = {
    admin: admin.token,
    operator: admin.operatorToken,
    viewer: admin.viewerToken,
  };
  const digest = (id: string) => createHash('sha256').update(id).digest('hex');
  const key = (id: string) => keyOf(digest(id));
  const proofOf = (id: string, role: Role) => createHmac('sha256', id).update(tokens[role]).digest();

  return {
    async open(role) {
      const id = randomBytes(32).toString('base64url');
      const value = { role, proof: proofOf(id, role).toString('hex') };
      await redis.set(key(id), JSON.stringify(value), 'EX', SESSION_SECONDS);
      return id;
    },
    async find(id) {
      const text = await redis.get(key(id));
      if (text === null) return undefined;
      const { role, proof } = kept.parse(JSON.parse(text));
      const given = Buffer.from(proof, 'hex');
      const expected = proofOf(id, role);
      if (tokens[role] === '' || given.length !== expected.length || !timingSafeEqual(given, expected)) {
        return undefined;
      }
      // The name tells sessions apart in the audit log; it cannot be turned back into the id.
      return { role, name: `session:${role}:${digest(id).slice(0, 8)}` };
    },
    async end(id) {
      await redis.del(key(id));
    },
  };
}
