import type { Redis } from 'ioredis';
import { z } from 'zod';
import { AppError } from '../../core/index.js';
import type { StoreKeys } from '../keys.js';

const time = z.iso.datetime();

/** What is known of an API key; its secret is not. Times are ISO 8601. */
export const apiKeySchema = z.object({
  id: z.string().describe('also the first part of the key itself'),
  name: z.string().describe('who or what uses it'),
  role: z.string().describe('role of the settings'),
  createdAt: time,
  createdBy: z.string().describe('as in the audit log'),
  expiresAt: time.nullable().describe('null for never'),
  revokedAt: time.nullable(),
  revokedBy: z.string().nullable(),
  lastUsedAt: time.nullable().describe('to the minute; null for never'),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** What Redis keeps: besides it the SHA-256 of the secret, hexadecimal. */
export type KeptApiKey = ApiKey & { readonly hash: string };

/** API keys by their id. */
export interface ApiKeyStore {
  /** @throws AppError `CONFLICT` when there are as many as are allowed */
  add(key: Pick<KeptApiKey, 'id' | 'name' | 'role' | 'createdBy' | 'expiresAt' | 'hash'>): Promise<ApiKey>;
  find(id: string): Promise<KeptApiKey | undefined>;
  /** Newest first; those that have ended are among them for a year. */
  list(): Promise<ApiKey[]>;
  /** Sets when it expires. @returns false when there is no such key */
  expire(id: string, at: string): Promise<boolean>;
  /** Ends it at once; who has ended it first stays on record. @returns false when there is no such key */
  revoke(id: string, by: string): Promise<boolean>;
  /** Keeps when it was used. */
  noteUse(id: string): Promise<void>;
}

const MAX_KEYS = 1000;
const ENDED_RETENTION_MS = 365 * 86_400_000;

/** A hash of Redis for each key, and a set of their ids. */
export function openApiKeyStore(redis: Redis, keys: StoreKeys['apiKeys']): ApiKeyStore {
  const read = (id: string, fields: Record<string, string>): KeptApiKey | undefined => {
    if (fields.hash === undefined) return undefined;
    const known = { ...fields, id, ...absent(fields) };
    return { ...apiKeySchema.parse(known), hash: fields.hash };
  };
  const find = async (id: string) => read(id, await redis.hgetall(keys.one(id)));
  const all = async () => {
    const found = await Promise.all((await redis.smembers(keys.all)).map(find));
    return found.filter((key) => key !== undefined).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  };
  const endOf = ({ revokedAt, expiresAt }: ApiKey) => Date.parse(revokedAt ?? expiresAt ?? '9999-12-31');

  async function forgetEnded(): Promise<void> {
    for (const key of await all()) {
      if (endOf(key) > Date.now() - ENDED_RETENTION_MS) continue;
      await redis.multi().srem(keys.all, key.id).del(keys.one(key.id)).exec();
    }
  }

  return {
    async add({ id, hash, expiresAt, ...said }) {
      await forgetEnded();
      if ((await redis.scard(keys.all)) >= MAX_KEYS) {
        throw new AppError('CONFLICT', `There are ${MAX_KEYS} API keys, and no more are allowed`);
      }
      const fields = {
        ...said,
        hash,
        createdAt: new Date().toISOString(),
        ...(expiresAt ? { expiresAt } : {}),
      };
      await redis.multi().hset(keys.one(id), fields).sadd(keys.all, id).exec();
      return withoutHash(read(id, fields as Record<string, string>)!);
    },
    find,
    list: async () => (await all()).map(withoutHash),
    async expire(id, at) {
      if (!(await find(id))) return false;
      await redis.hset(keys.one(id), 'expiresAt', at);
      return true;
    },
    async revoke(id, by) {
      if (!(await find(id))) return false;
      await redis
        .multi()
        .hsetnx(keys.one(id), 'revokedAt', new Date().toISOString())
        .hsetnx(keys.one(id), 'revokedBy', by)
        .exec();
      return true;
    },
    async noteUse(id) {
      await redis.hset(keys.one(id), 'lastUsedAt', new Date().toISOString());
    },
  };
}

const OPTIONAL = ['expiresAt', 'revokedAt', 'revokedBy', 'lastUsedAt'] as const;
const absent = (fields: Record<string, string>) =>
  Object.fromEntries(OPTIONAL.filter((name) => fields[name] === undefined).map((name) => [name, null]));
const withoutHash = (key: KeptApiKey): ApiKey => apiKeySchema.parse(key);
