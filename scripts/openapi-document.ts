import { Redis } from 'ioredis';
import { pino } from 'pino';
import { openAccess } from '../src/access/index.js';
import { adminDocument, type AdminDependencies } from '../src/admin/index.js';
import { loadSettings } from '../src/config/index.js';
import { openStore } from '../src/store/open-store.js';

/**
 * The OpenAPI document of the administrator's REST without a gateway. The endpoints are only described: the connection
 * is never opened, and no handler runs.
 */
export function openApiDocument(projectRoot: string, version: string): Record<string, unknown> {
  const redis = new Redis({ lazyConnect: true, enableOfflineQueue: false, maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  const settings = loadSettings(projectRoot, {});
  const store = openStore(redis, settings);
  const parts: Pick<AdminDependencies, 'settings' | 'store' | 'access' | 'log' | 'version'> = {
    settings,
    store,
    access: openAccess({ settings, store }),
    log: pino({ level: 'silent' }),
    version,
  };
  return adminDocument(parts as AdminDependencies);
}
