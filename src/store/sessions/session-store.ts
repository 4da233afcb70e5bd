import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { StoreKeys } from '../keys.js';

/** How long a session lasts, seconds; it is not prolonged. */
export const SESSION_SECONDS = 12 * 3600;

const grantSchema = z.object({
  source: z.enum(['token', 'key', 'oidc']),
  name: z.string(),
  roles: z.array(z.string()),
});
const kept = z.object({ grant: grantSchema, proof: z.string() });

/** What a session was opened with. */
export type SessionGrant = z.infer<typeof grantSchema>;

/** The text whose change ends sessions that were opened with it; undefined when it is there no more. */
export type SealOf = (grant: SessionGrant) => string | undefined | Promise<string | undefined>;

/** Sessions of signed-in people. */
export interface SessionStore {
  /** @returns the session's id, the only copy, and its name in the audit log */
  open(grant: SessionGrant, seal: string): Promise<{ id: string; name: string }>;
  /** What a session was opened with, or undefined when it has ended. */
  find(id: string, sealOf: SealOf): Promise<{ grant: SessionGrant; name: string } | undefined>;
  end(id: string): Promise<void>;
}

/**
 * Sessions in Redis. Redis knows a hash of the id and a proof that only id and seal together give, so that who reads
 * Redis can neither use nor make a session; a session ends when what it was opened with is changed.
 */
export function openSessionStore(redis: Redis, keyOf: StoreKeys['session']): SessionStore {
  const digest = (id: string) => createHash('sha256').update(id).digest('hex');
  const proofOf = (id: string, grant: SessionGrant, seal: string) =>
    createHmac('sha256', id)
      .update(JSON.stringify([grant.source, grant.name, grant.roles, seal]))
      .digest();
  // The name tells sessions apart in the audit log; it cannot be turned back into the id.
  const nameOf = (id: string, { source, name }: SessionGrant) =>
    `session:${source === 'token' ? '' : `${source}:`}${name}:${digest(id).slice(0, 8)}`;

  return {
    async open(grant, seal) {
      const id = randomBytes(32).toString('base64url');
      const value = { grant, proof: proofOf(id, grant, seal).toString('hex') };
      await redis.set(keyOf(digest(id)), JSON.stringify(value), 'EX', SESSION_SECONDS);
      return { id, name: nameOf(id, grant) };
    },
    async find(id, sealOf) {
      const text = await redis.get(keyOf(digest(id)));
      if (text === null) return undefined;
      // What an older version has kept is no session any more.
      const { data } = kept.safeParse(JSON.parse(text));
      const seal = data && (await sealOf(data.grant));
      if (data === undefined || seal === undefined) return undefined;
      const given = Buffer.from(data.proof, 'hex');
      const expected = proofOf(id, data.grant, seal);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return { grant: data.grant, name: nameOf(id, data.grant) };
    },
    async end(id) {
      await redis.del(keyOf(digest(id)));
    },
  };
}
