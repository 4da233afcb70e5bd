import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AppError, type Caller } from '../core/index.js';
import type { ApiKey, ApiKeyStore, SessionGrant } from '../store/index.js';
import type { Refused } from './refused.js';
import type { Roles } from './roles.js';

/** `esp_<id>_<secret>`: the id names the key in lists and limits, the secret are 256 random bits. */
const FORM = /^esp_([a-z2-7]{12})_([A-Za-z0-9_-]{43})$/;
const USE_NOTED_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
/** How long a key lasts that was made without saying. */
export const DEFAULT_KEY_DAYS = 365;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/;

/** The id in a text of an API key's form, else undefined. */
export const apiKeyIdIn = (token: string | undefined): string | undefined => FORM.exec(token ?? '')?.[1];

/** What a new key is made of. */
export interface NewApiKey {
  /** Letters, digits, `.`, `_`, `-`; 60 at most. */
  readonly name: string;
  readonly role: string;
  /** ISO 8601; null for never, undefined for a year from now. */
  readonly expiresAt?: string | null | undefined;
}

/** Making, ending and knowing API keys. */
export interface ApiKeys {
  /**
   * @param by who makes it; it cannot be given more than its maker may do
   * @returns the key with its secret, the only copy
   * @throws AppError `INVALID_REQUEST`, `FORBIDDEN`, `CONFLICT`
   */
  create(wanted: NewApiKey, by: Pick<Caller, 'name' | 'scopes'>): Promise<{ key: ApiKey; secret: string }>;
  list(): Promise<ApiKey[]>;
  /** @param at ISO 8601 @throws AppError `NOT_FOUND` */
  expire(id: string, at: string): Promise<void>;
  /** @throws AppError `NOT_FOUND` */
  revoke(id: string, by: string): Promise<void>;
  /** What a text of a key's form stands for. */
  grantOf(token: string): Promise<SessionGrant | Refused>;
  /** The text whose change ends sessions opened with the key; undefined when the key has ended. */
  sealOf(grant: SessionGrant): Promise<string | undefined>;
}

/** API keys of the store, with the roles of the settings. */
export function openApiKeys(store: ApiKeyStore, roles: Roles, now: () => number = Date.now): ApiKeys {
  const noted = new Map<string, number>();
  const noteUse = (id: string) => {
    if (now() - (noted.get(id) ?? 0) < USE_NOTED_EVERY_MS) return;
    noted.set(id, now());
    // A use that is not kept harms nobody; the request must not wait or fail for it.
    store.noteUse(id).catch(() => noted.delete(id));
  };
  const hasExpired = ({ expiresAt }: ApiKey) => expiresAt !== null && Date.parse(expiresAt) <= now();
  const found = (isThere: boolean) => {
    if (!isThere) throw new AppError('NOT_FOUND', 'There is no API key with this id');
  };

  return {
    async create({ name, role, expiresAt }, by) {
      if (!NAME.test(name)) {
        throw new AppError(
          'INVALID_REQUEST',
          'name: letters, digits, dots, dashes and underscores, 60 at most',
        );
      }
      if (!roles.has(role)) {
        throw new AppError('INVALID_REQUEST', 'role: there is no such role in the settings (section roles)');
      }
      const more = [...roles.scopesOf([role])].filter((scope) => !by.scopes.has(scope));
      if (more.length > 0) {
        throw new AppError(
          'FORBIDDEN',
          `The caller cannot give away ${more.join(', ')}, which it does not have`,
        );
      }
      const end =
        expiresAt === undefined ? new Date(now() + DEFAULT_KEY_DAYS * DAY_MS).toISOString() : expiresAt;
      if (end !== null && Date.parse(end) <= now()) {
        throw new AppError('INVALID_REQUEST', 'expiresAt: must lie in the future');
      }
      const id = newId();
      const secret = randomBytes(32).toString('base64url');
      const key = await store.add({
        id,
        name,
        role,
        createdBy: by.name,
        expiresAt: end === null ? null : new Date(end).toISOString(),
        hash: hashOf(secret),
      });
      return { key, secret: `esp_${id}_${secret}` };
    },
    list: () => store.list(),
    expire: async (id, at) => found(await store.expire(id, new Date(at).toISOString())),
    revoke: async (id, by) => found(await store.revoke(id, by)),

    async grantOf(token) {
      const [, id, secret] = FORM.exec(token) ?? [];
      if (id === undefined || secret === undefined) return unknown;
      const key = await store.find(id);
      // A key that is not there is compared as well, so that the time tells nothing.
      const isRight = timingSafeEqual(Buffer.from(key?.hash ?? hashOf('')), Buffer.from(hashOf(secret)));
      if (!key || !isRight) return { ...unknown, keyId: id };
      if (key.revokedAt !== null) {
        return { reason: 'KEY_REVOKED', detail: 'The API key was revoked', keyId: id };
      }
      if (hasExpired(key)) return { reason: 'KEY_EXPIRED', detail: 'The API key has expired', keyId: id };
      noteUse(id);
      return { source: 'key', name: `${key.name}:${id}`, roles: [key.role] };
    },
    async sealOf({ name }) {
      const key = await store.find(name.slice(name.lastIndexOf(':') + 1));
      return key && key.revokedAt === null && !hasExpired(key) ? key.hash : undefined;
    },
  };
}

const unknown: Refused = { reason: 'WRONG_CREDENTIAL', detail: 'The API key is not known' };

/** SHA-256: the secret is random, so no slow hash has to make up for a weak one. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** Sixty random bits in the alphabet of base32 (RFC 4648 §6), lower case. */
function newId(): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  return [...randomBytes(12)].map((byte) => alphabet[byte % 32]).join('');
}
