import { mkdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { freePort, startLocalProcess, startLocalRedis } from '../demo/index.js';
import { part, type Part } from './part.js';

/** One server, or two of which a Sentinel names the one that is written to. */
export type RedisForm = 'single' | 'sentinel';

/** The Redis of a lab. */
export interface RedisServers {
  /** Settings of ours that lead there. */
  readonly settings: Readonly<Record<string, string>>;
  readonly primary: Part;
  /** Port of the server that is written to. */
  writablePort(): number;
  /** Makes the other server the one that is written to. */
  failOver(): Promise<void>;
  close(): Promise<void>;
}

const GROUP = 'faults';
const SWITCH_MS = 120_000;

/** Starts them. Their files may be filled up: they then refuse to write, as on a full disk, and live on. */
export async function startRedisServers(dir: string, form: RedisForm): Promise<RedisServers> {
  const server = (name: string, port: number) =>
    part(name, () => startLocalRedis(join(dir, name), port, { outlivesFullDisk: true }));
  const port = await freePort();
  const primary = server('redis', port);
  await primary.start();
  const single: RedisServers = {
    settings: { ESP_REDIS_URL: `redis://127.0.0.1:${port}` },
    primary,
    writablePort: () => port,
    failOver: () => Promise.reject(new Error('there is no other Redis')),
    close: () => primary.end('SIGTERM'),
  };
  if (form === 'single') return single;

  const [otherPort, sentinelPort] = [await freePort(), await freePort()];
  const other = server('redis-2', otherPort);
  await other.start();
  cli(otherPort, 'REPLICAOF', '127.0.0.1', String(port));
  const sentinel = part('sentinel', () => startSentinel(dir, sentinelPort, port));
  await sentinel.start();
  const writablePort = () =>
    Number(cli(sentinelPort, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', GROUP).split('\n')[1]);
  const servers: RedisServers = {
    settings: {
      ESP_REDIS_URL: 'redis://named-by-sentinel',
      ESP_REDIS_SENTINELS: `127.0.0.1:${sentinelPort}`,
      ESP_REDIS_SENTINEL_NAME: GROUP,
    },
    primary,
    writablePort,
    async failOver() {
      const before = writablePort();
      const deadline = Date.now() + SWITCH_MS;
      // Refused while the replica is not in step yet, or just after another fail-over.
      while (writablePort() === before) {
        if (Date.now() > deadline) throw new Error('Sentinel does not fail over');
        cli(sentinelPort, 'SENTINEL', 'FAILOVER', GROUP);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    },
    async close() {
      for (const one of [sentinel, other, primary]) await one.end('SIGTERM').catch(() => undefined);
    },
  };
  await inStep(() => cli(otherPort, 'INFO', 'replication').includes('master_link_status:up'));
  await inStep(() => cli(sentinelPort, 'SENTINEL', 'REPLICAS', GROUP).includes(String(otherPort)));
  return servers;
}

async function startSentinel(dir: string, port: number, primaryPort: number) {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${dir}`,
    `sentinel monitor ${GROUP} 127.0.0.1 ${primaryPort} 1`,
    // On a busy machine a server may be slow: only what is asked for, or a server that is gone, is a fail-over.
    `sentinel down-after-milliseconds ${GROUP} 20000`,
    `sentinel failover-timeout ${GROUP} 3000`,
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  return startLocalProcess({
    command: 'redis-server',
    args: [path, '--sentinel'],
    logFile: join(dir, 'sentinel.log'),
    ready: async () => {
      if (!cli(port, 'PING').includes('PONG')) throw new Error('not ready');
    },
  });
}

async function inStep(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + SWITCH_MS;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('the Redis replica does not come into step');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function cli(port: number, ...words: string[]): string {
  return spawnSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8' }).stdout.trim();
}
