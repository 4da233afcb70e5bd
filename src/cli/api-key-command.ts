import { hostname, userInfo } from 'node:os';
import { type ApiKeys, openApiKeys, openRoles } from '../access/index.js';
import { openAudit } from '../audit/index.js';
import { loadSettings } from '../config/index.js';
import { AppError, SCOPES, toAppError } from '../core/index.js';
import { type ApiKey, connectStore } from '../store/index.js';
import { PROJECT_ROOT } from './project.js';

const REDIS_TIMEOUT_MS = 5000;
const DAY_MS = 86_400_000;

/** Who has the settings has Redis, and so may do everything: the name is for the audit log. */
const ME = { name: `cli:${userInfo().username}`, scopes: new Set(SCOPES) };

/** `esp-medsam key create`. @returns the exit code */
export const createKey = (name: string, options: { role: string; days?: string; never?: boolean }) =>
  withKeys('createApiKey', async (keys) => {
    const expiresAt = options.never ? null : options.days === undefined ? undefined : inDays(options.days);
    const { key, secret } = await keys.create({ name, role: options.role, expiresAt }, ME);
    console.log(secret);
    console.error(`${lineOf(key)}\nThe key is shown this once. Send it as: Authorization: Bearer <key>`);
    return key.id;
  });

/** `esp-medsam key list`. @returns the exit code */
export const listKeys = ({ json }: { json?: boolean }) =>
  withKeys(undefined, async (keys) => {
    const all = await keys.list();
    if (json) console.log(JSON.stringify(all, null, 2));
    else console.log(all.length === 0 ? 'There are no API keys' : all.map(lineOf).join('\n'));
  });

/** `esp-medsam key expire`. @returns the exit code */
export const expireKey = (id: string, { at }: { at?: string }) =>
  withKeys('expireApiKey', async (keys) => {
    await keys.expire(id, at === undefined ? new Date().toISOString() : timeOf(at));
    return id;
  });

/** `esp-medsam key revoke`. @returns the exit code */
export const revokeKey = (id: string) =>
  withKeys('revokeApiKey', async (keys) => {
    await keys.revoke(id, ME.name);
    return id;
  });

function inDays(text: string): string {
  const days = Number(text);
  if (days > 0 && days <= 36_500) return new Date(Date.now() + days * DAY_MS).toISOString();
  throw new AppError('INVALID_REQUEST', '--days: a number of days above 0, e.g. 30');
}

function timeOf(text: string): string {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new AppError('INVALID_REQUEST', '--at: a time as 2027-01-31T00:00:00Z');
}

function lineOf({ id, name, role, expiresAt, revokedAt, lastUsedAt }: ApiKey): string {
  const state =
    revokedAt !== null
      ? `revoked ${revokedAt}`
      : expiresAt === null
        ? 'never expires'
        : `${Date.parse(expiresAt) <= Date.now() ? 'expired' : 'expires'} ${expiresAt}`;
  return [id, name, role, state, lastUsedAt === null ? 'never used' : `used ${lastUsedAt}`].join('  ');
}

/** @param operation for the audit log; undefined for what changes nothing */
async function withKeys(
  operation: string | undefined,
  run: (keys: ApiKeys) => Promise<string | void>,
): Promise<number> {
  try {
    const settings = loadSettings(PROJECT_ROOT);
    const store = connectStore(settings, 'failFast');
    try {
      await store.server.ready(REDIS_TIMEOUT_MS);
      const id = await run(openApiKeys(store.apiKeys, openRoles(settings)));
      if (operation !== undefined) {
        const target = { id: id ?? '' };
        await store.audit.add({ actor: ME.name, role: 'cli', operation, target, status: 200, requestId: '' });
        const audit = openAudit({ settings, process: 'cli', store, log: { warn: () => undefined } });
        audit.note({
          type: 'Security Alert',
          alert: 'Security Configuration',
          actor: { name: ME.name, roles: ['cli'], address: hostname() },
          subject: `/admin/v1/${operation}/${target.id}`,
          description: operation,
          operation,
          status: 200,
          requestId: '',
        });
        await audit.close();
      }
      return 0;
    } finally {
      await store.close();
    }
  } catch (thrown) {
    const error = toAppError(thrown);
    console.error(`${error.code}: ${error.message}\n${error.advice}`);
    return 1;
  }
}
