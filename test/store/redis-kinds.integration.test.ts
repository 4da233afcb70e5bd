import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/index.js';
import { type ErrorCode, ERRORS, type Uid } from '../../src/core/index.js';
import { connectStore, guardWorker, type Store, STUDY_QUEUE } from '../../src/store/index.js';
import { dampErrors } from '../../src/store/redis/damp-errors.js';
import { type OddRedis, openRedisServers, type RedisServers } from '../support/odd-redis.js';
import { eventually, PROJECT_ROOT } from '../support/stack.js';
import { startTestGateway } from '../support/test-gateway.js';

let servers: RedisServers;
const opened: { close(): unknown }[] = [];

beforeAll(() => {
  servers = openRedisServers();
});
afterAll(async () => {
  for (const one of opened.reverse()) await one.close();
  await servers?.close();
});

function storeOf(environment: Record<string, string>, role: 'waiting' | 'failFast' = 'waiting'): Store {
  const store = connectStore(loadSettings(PROJECT_ROOT, environment), role);
  opened.push(store);
  return store;
}

const client = (url: string): Redis => {
  const redis = new Redis(url);
  redis.on('error', () => undefined);
  opened.push({ close: () => redis.disconnect() });
  return redis;
};

const replicaOf = async (primary: OddRedis) => {
  const replica = await servers.start(['--replicaof', `127.0.0.1 ${primary.port}`]);
  await eventually('the replica', async () => {
    const info = await client(replica.url).info('replication');
    return info.includes('master_link_status:up');
  });
  return replica;
};

/** Each kind: how such a Redis is set up. @returns the settings by which it is reached */
const KINDS: readonly [ErrorCode, string, () => Promise<Record<string, string>>][] = [
  [
    'QUEUE_READ_ONLY',
    'a replica',
    async () => ({ ESP_REDIS_URL: (await replicaOf(await servers.start())).url }),
  ],
  [
    'QUEUE_FULL',
    'a full one',
    async () => ({
      ESP_REDIS_URL: (await servers.start(['--maxmemory', '100kb', '--maxmemory-policy', 'noeviction'])).url,
    }),
  ],
  [
    'QUEUE_UNAUTHORIZED',
    'no password',
    async () => ({ ESP_REDIS_URL: (await servers.start(['--requirepass', 'right'])).url }),
  ],
  [
    'QUEUE_UNAUTHORIZED',
    'a wrong password',
    async () => {
      const { port } = await servers.start(['--requirepass', 'right']);
      return { ESP_REDIS_URL: `redis://:wrong@127.0.0.1:${port}` };
    },
  ],
  ...(['-info', '-eval -evalsha', '-set', '-bzpopmin'] as const).map(
    (missing): [ErrorCode, string, () => Promise<Record<string, string>>] => [
      'QUEUE_FORBIDDEN',
      `a user with ${missing}`,
      async () => {
        const { port } = await servers.start([
          '--user',
          'esp',
          'on',
          '>pw',
          '~*',
          '&*',
          '+@all',
          ...missing.split(' '),
        ]);
        return { ESP_REDIS_URL: `redis://esp:pw@127.0.0.1:${port}` };
      },
    ],
  ),
  [
    'QUEUE_CLUSTER',
    'a cluster without slots',
    async () => ({ ESP_REDIS_URL: (await servers.start(['--cluster-enabled', 'yes'])).url }),
  ],
  [
    'QUEUE_CLUSTER',
    'a node that has all slots',
    async () => {
      const { url } = await servers.start(['--cluster-enabled', 'yes']);
      const redis = client(url);
      await redis.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
      await eventually('the cluster', async () =>
        String(await redis.call('CLUSTER', 'INFO')).includes('cluster_state:ok'),
      );
      return { ESP_REDIS_URL: url };
    },
  ],
  ['QUEUE_TLS', 'an authority that nobody knows', async () => ({ ESP_REDIS_URL: (await tlsServer()).url })],
];

async function tlsServer() {
  const files = servers.certificates();
  const port = 16_000 + Math.floor(Math.random() * 10_000);
  await servers.start(
    [
      ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'],
      ...['--tls-cert-file', files.cert, '--tls-key-file', files.key, '--tls-ca-cert-file', files.ca],
    ],
    port,
  );
  return { url: `rediss://127.0.0.1:${port}`, ca: files.ca };
}

describe('ready means able', () => {
  it.each(KINDS)('%s: %s is told at once, by its own name', async (code, _, setUp) => {
    const store = storeOf(await setUp());
    const began = Date.now();
    await expect(store.server.ready(40_000)).rejects.toMatchObject({ code });
    expect(Date.now() - began).toBeLessThan(30_000);
    expect(ERRORS[code].advice).not.toBe(ERRORS.QUEUE_UNAVAILABLE.advice);
  });

  it('a Redis that does its work is ready', async () => {
    const store = storeOf({ ESP_REDIS_URL: (await servers.start()).url });
    await store.server.ready(30_000);
    await store.server.able();
  });

  it('a gateway does not start on a Redis that takes no writes, and says why', async () => {
    const replica = await replicaOf(await servers.start());
    await expect(startTestGateway({ ESP_REDIS_URL: replica.url })).rejects.toMatchObject({
      code: 'QUEUE_READ_ONLY',
    });
  });

  it('/readyz says so while it lasts, and no longer', async () => {
    const [primary, other] = [await servers.start(), await servers.start()];
    const gateway = await startTestGateway({ ESP_REDIS_URL: primary.url });
    opened.push(gateway);
    const redisOf = async () => {
      const answer = await fetch(`${gateway.base}/readyz`);
      return ((await answer.json()) as { checks: { redis: unknown } }).checks.redis;
    };
    expect(await redisOf()).toEqual({ status: 'ok' });
    const control = client(primary.url);
    await control.call('REPLICAOF', '127.0.0.1', String(other.port));
    // The answer is kept for two seconds.
    await eventually('not ready', async () => ((await redisOf()) as { status: string }).status !== 'ok');
    expect(await redisOf()).toMatchObject({ status: 'failing', code: 'QUEUE_READ_ONLY' });
    await control.call('REPLICAOF', 'NO', 'ONE');
    await eventually('ready again', async () => ((await redisOf()) as { status: string }).status === 'ok');
  });
});

describe('errors that come again and again', () => {
  it('are one line a kind and minute', () => {
    let time = 0;
    const lines: unknown[] = [];
    const note = dampErrors({ warn: (line: unknown) => void lines.push(line) } as never, 'queue', () => time);
    for (let i = 0; i < 10_000; i += 1) note(new Error('READONLY You can not write'));
    for (let i = 0; i < 10_000; i += 1) note(new Error('OOM command not allowed'));
    expect(lines).toMatchObject([{ code: 'QUEUE_READ_ONLY' }, { code: 'QUEUE_FULL' }]);
    time += 61_000;
    note(new Error('READONLY You can not write'));
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatchObject({ leftOut: 9999 });
  });

  it('do not let a worker spin, which works on when Redis does', async () => {
    const [primary, other] = [await servers.start(), await servers.start()];
    const store = storeOf({ ESP_REDIS_URL: primary.url });
    await store.server.ready(30_000);
    const done: string[] = [];
    let errors = 0;
    const lines: unknown[] = [];
    const worker = new Worker(STUDY_QUEUE, async (job) => void done.push(String(job.data.studyInstanceUid)), {
      ...store.worker,
    });
    worker.on('error', () => (errors += 1));
    opened.push(worker);
    const log = { warn: (line: unknown) => void lines.push(line), info: () => undefined };
    guardWorker(worker, store.server, log as never, STUDY_QUEUE);
    await store.queue.enqueue('1.2.3' as Uid);
    await eventually('the first study', async () => done.length === 1);
    const control = client(primary.url);
    await control.call('REPLICAOF', '127.0.0.1', String(other.port));
    await new Promise((resolve) => setTimeout(resolve, 8000));
    expect(errors).toBeLessThan(100);
    expect(lines.length).toBeLessThanOrEqual(3);
    await control.call('REPLICAOF', 'NO', 'ONE');
    await eventually('a study afterwards', async () => {
      await store.queue.enqueue('1.2.4' as Uid);
      return done.includes('1.2.4');
    });
  });
});

describe('TLS', () => {
  it('connects where the authority is named', async () => {
    const { url, ca } = await tlsServer();
    const store = storeOf({ ESP_REDIS_URL: url, ESP_REDIS_CA_FILE: ca });
    await store.server.ready(30_000);
    await store.queue.enqueue('1.2.3' as Uid);
    expect(await store.queue.counts()).toMatchObject({ waiting: 1 });
  });

  it('names the setting whose file cannot be read', () => {
    expect(() =>
      storeOf({ ESP_REDIS_URL: 'rediss://127.0.0.1:1', ESP_REDIS_CA_FILE: '/no/such.pem' }),
    ).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', settings: ['redis.caFile'] }));
  });
});

describe('Sentinel', () => {
  it('is followed through a fail-over under load: what a replica had confirmed is there, and work goes on', async () => {
    const primary = await servers.start();
    const replica = await replicaOf(primary);
    const sentinel = await servers.startSentinel(primary.port);
    const watch = client(sentinel.url);
    await eventually('the sentinel to know the replica', async () => {
      const known = await watch.call('SENTINEL', 'REPLICAS', 'mymaster');
      return (known as unknown[]).length === 1;
    });
    const settings = {
      ESP_REDIS_URL: 'redis://unused',
      ESP_REDIS_SENTINELS: `127.0.0.1:${sentinel.port}`,
      ESP_REDIS_SENTINEL_NAME: 'mymaster',
    };
    const store = storeOf(settings);
    await store.server.ready(30_000);
    const confirmed: Uid[] = [];
    const copy = client(replica.url);
    let isOver = false;
    const load = (async () => {
      for (let i = 1; !isOver; i += 1) {
        const study = `1.2.840.77.${i}` as Uid;
        const kept = await store.queue.enqueue(study).then(
          () => true,
          () => false,
        );
        // BullMQ's mark of a study that waits.
        if (kept && (await copy.exists(`esp:studies:de:${study}`)) === 1) confirmed.push(study);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    await eventually('some load', async () => confirmed.length > 50);
    await primary.stop('SIGKILL');
    const began = Date.now();
    await eventually('a new primary', async () => (await copy.info('replication')).includes('role:master'));
    const fresh = '1.2.840.78.1' as Uid;
    await eventually('a write on the new primary', async () => {
      await store.queue.enqueue(fresh);
      return (await store.queue.find(fresh)) !== undefined;
    });
    isOver = true;
    await load;
    expect(Date.now() - began).toBeLessThan(60_000);
    for (const study of confirmed) expect(await store.queue.find(study)).toBeDefined();
  }, 240_000);
});
