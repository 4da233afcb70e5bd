import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { freePort } from '../../src/demo/free-port.js';
import { startLocalRedis } from '../../src/demo/local-redis.js';
import { connectRedis, redisReady } from '../../src/store/index.js';

/** A private Redis for tests that need nothing else, and a connection that fails at once. */
export interface TestRedis {
  readonly url: string;
  readonly redis: Redis;
  close(): Promise<void>;
}

export async function startTestRedis(): Promise<TestRedis> {
  const dir = mkdtempSync(join(tmpdir(), 'esp-redis-'));
  const server = await startLocalRedis(dir, await freePort());
  const redis = connectRedis({ url: server.url, prefix: 'esp' }, 'prompt');
  await redisReady(redis, 5000);
  return {
    url: server.url,
    redis,
    async close() {
      redis.disconnect();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
