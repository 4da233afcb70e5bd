import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pingRedis } from '../store/index.js';
import { startLocalProcess, type LocalProcess, type StartOptions } from './local-process.js';

/** The system's redis-server with its own data folder: append-only file, no eviction, loopback only. */
export async function startLocalRedis(
  dir: string,
  port: number,
  options: StartOptions = {},
): Promise<LocalProcess & { url: string }> {
  mkdirSync(dir, { recursive: true });
  const url = `redis://127.0.0.1:${port}`;
  const server = {
    command: 'redis-server',
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', dir],
      ...[
        '--appendonly',
        'yes',
        '--appendfsync',
        'everysec',
        '--save',
        '',
        '--maxmemory-policy',
        'noeviction',
      ],
    ],
    logFile: join(dir, 'redis.log'),
    // While the append-only file is read, PING is answered with an error.
    ready: () => pingRedis(url),
  };
  const running = await startLocalProcess(server, options);
  return { ...running, url };
}
