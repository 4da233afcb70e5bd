import { z } from 'zod';
import { DEFAULT_KEY_DAYS } from '../../access/index.js';
import { apiKeySchema } from '../../store/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';

const apiKey = apiKeySchema.meta({ id: 'ApiKey', description: 'an API key without its secret' });
const apiKeys = z.object({ items: z.array(apiKey) }).meta({ id: 'ApiKeys', description: 'newest first' });
const newApiKey = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/)
      .describe('who or what uses it'),
    role: z.string().min(1).max(40).describe('role of the settings, see the section roles'),
    expiresAt: z.iso
      .datetime({ offset: true })
      .nullable()
      .optional()
      .describe(`null for never; without it in ${DEFAULT_KEY_DAYS} days`),
  })
  .meta({ id: 'NewApiKey' });
const createdApiKey = z
  .object({
    key: apiKey,
    secret: z.string().describe('the key itself: shown this once, kept as a hash only'),
  })
  .meta({ id: 'CreatedApiKey' });
const expiry = z
  .strictObject({ expiresAt: z.iso.datetime({ offset: true }).describe('may lie in the past') })
  .meta({ id: 'ApiKeyExpiry' });
const byId = z.strictObject({ id: z.string().regex(/^[a-z2-7]{12}$/) });
const common = { tag: 'API keys', scope: 'admin:*' } as const;

/** `/api-keys`: made, listed, given an end, revoked. A key is used as `Authorization: Bearer <key>`. */
export function apiKeysEndpoints({ access: { apiKeys: keys } }: AdminDependencies): Endpoint[] {
  return [
    endpoint({
      ...common,
      operationId: 'listApiKeys',
      method: 'get',
      path: '/api-keys',
      summary: 'API keys, those that have ended included',
      description: 'Keys are listed for a year after their end.',
      replies: { 200: { description: 'all of them', schema: apiKeys } },
      handle: async () => ({ status: 200, body: { items: await keys.list() } }),
    }),
    endpoint({
      ...common,
      operationId: 'createApiKey',
      method: 'post',
      path: '/api-keys',
      summary: 'Make an API key',
      description: 'The caller must have every scope of the role. The secret is not shown again.',
      answersSecret: true,
      body: newApiKey,
      replies: { 201: { description: 'made', schema: createdApiKey } },
      errors: ['CONFLICT'],
      handle: async ({ body, actor }) => ({ status: 201, body: await keys.create(body, actor) }),
    }),
    endpoint({
      ...common,
      operationId: 'expireApiKey',
      method: 'post',
      path: '/api-keys/{id}/expire',
      summary: 'Set when an API key expires',
      description: 'For a change of keys: make a new one, let the old one end in a day.',
      params: byId,
      body: expiry,
      replies: { 204: { description: 'set' } },
      errors: ['NOT_FOUND'],
      handle: async ({ params: { id }, body: { expiresAt } }) => {
        await keys.expire(id, expiresAt);
        return { status: 204 };
      },
    }),
    endpoint({
      ...common,
      operationId: 'revokeApiKey',
      method: 'delete',
      path: '/api-keys/{id}',
      summary: 'Revoke an API key',
      description: 'It ends at once, and with it the sessions opened with it. It stays in the list.',
      params: byId,
      replies: { 204: { description: 'revoked; also when it was before' } },
      errors: ['NOT_FOUND'],
      handle: async ({ params: { id }, actor }) => {
        await keys.revoke(id, actor.name);
        return { status: 204 };
      },
    }),
  ];
}
