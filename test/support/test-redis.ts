import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { freePort } from '../../src/demo/free-port.js';
import { startLocalRedis } from '../../src/demo/local-redis.js';
import { loadSettings } from '../../src/config/index.js';
import type { Store } from '../../src/store/index.js';
import { openStore, type StoreOptions } from '../../src/store/open-store.js';
import { connectRedis } from '../../src/store/redis/connect.js';
import { openRedisServer } from '../../src/store/redis/server.js';
import { PROJECT_ROOT } from './stack.js';

/** A private Redis for tests that need nothing else, and a connection that waits for it, however slow this machine is. */
export interface TestRedis {
  readonly url: string;
  readonly redis: Redis;
  /** The store on that connection. @param environment settings, as environment variables */
  open(environment?: Record<string, string>, options?: StoreOptions): Store;
  close(): Promise<void>;
}

export async function startTestRedis(): Promise<TestRedis> {
  const dir = mkdtempSync(join(tmpdir(), 'esp-redis-'));
  const server = await startLocalRedis(dir, await freePort());
  const redis = connectRedis(server, 'waiting');
  await openRedisServer(redis).ready(5000);
  return {
    url: server.url,
    redis,
    open: (environment = {}, options = {}) =>
      openStore(redis, loadSettings(PROJECT_ROOT, environment), options),
    async close() {
      redis.disconnect();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
