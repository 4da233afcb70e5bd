import { toAppError } from '../../core/index.js';
import type { Check } from '../check.js';
import { fail, ok, skipped, warn } from '../finding.js';
import { settingName, shownUrl } from '../setting-name.js';
import { olderThan } from './archive-server.js';
import { withRedis } from './need.js';

/** Whether Redis answers and lets us in. */
export const redisReachable: Check = {
  id: 'redis.reachable',
  title: 'Redis answers',
  async run({ settings, probes }) {
    const url = shownUrl(settings.redis.url);
    const redis = await probes.redis();
    if (redis.kind === 'redis') return ok(`${url} answers`);
    return fail(`${url}: ${redis.error.message}`, redis.error.advice, settingName('redis.url'));
  },
};

/** Whether Redis does what the queue needs, as `/readyz` asks it. */
export const redisAble: Check = {
  id: 'redis.able',
  title: 'Redis takes a write, runs a script and lets us wait',
  run: (context) =>
    withRedis(context, async () => {
      try {
        await context.store.server.able();
        return ok('A write, a script and a blocking read were tried');
      } catch (thrown) {
        const error = toAppError(thrown);
        return fail(`${error.message} (${error.code})`, error.advice, settingName('redis.url'));
      }
    }),
};

/** Whether this Redis knows the commands that the queue uses. */
export const redisVersion: Check = {
  id: 'redis.version',
  title: 'Redis is new enough',
  run: (context) =>
    withRedis(context, ({ info }) => {
      const version = info.redis_version ?? '0';
      if (!olderThan(version, '6.2')) return ok(`Redis ${version}`);
      return fail(
        `Redis ${version}`,
        'Upgrade Redis to 6.2 or later; 7.2 is tested.',
        'the version of Redis',
      );
    }),
};

/** Whether Redis takes writes. */
export const redisRole: Check = {
  id: 'redis.writable',
  title: 'Redis takes writes',
  run: (context) =>
    withRedis(context, ({ info }) => {
      if (info.role !== 'slave') return ok('It is the primary');
      return fail(
        'This Redis is a replica: it takes no writes',
        'Name the primary, or end the replication with REPLICAOF NO ONE.',
        settingName('redis.url'),
      );
    }),
};

/** Whether the queue survives a restart of Redis. */
export const redisPersistence: Check = {
  id: 'redis.persistence',
  title: 'Redis writes every change to its append-only file',
  run: (context) =>
    withRedis(context, ({ info }) => {
      if (info.aof_enabled !== '1') {
        return fail(
          'The append-only file is off: after a crash of Redis studies in the queue and outcomes are lost',
          'Set `appendonly yes` in redis.conf, and at once: redis-cli CONFIG SET appendonly yes.',
          'appendonly yes (redis.conf)',
        );
      }
      if (info.aof_last_write_status === 'err') {
        return fail(
          'The append-only file cannot be written',
          'Free space on the disk of Redis; see its log.',
          'the disk of Redis',
        );
      }
      return ok('appendonly is yes');
    }),
};

/** Whether Redis throws the queue's keys away when memory is short. */
export const redisEviction: Check = {
  id: 'redis.eviction',
  title: 'Redis never throws keys away',
  run: (context) =>
    withRedis(context, ({ info }) => {
      const policy = info.maxmemory_policy;
      if (policy === undefined) return skipped('Redis does not tell its maxmemory-policy');
      if (policy === 'noeviction') return ok('maxmemory-policy is noeviction');
      const now = info.maxmemory === '0' ? ', though there is no limit yet' : '';
      return fail(
        `maxmemory-policy is ${policy}: when memory is short the queue and outcomes vanish unseen${now}`,
        'Set `maxmemory-policy noeviction` in redis.conf, and at once: redis-cli CONFIG SET maxmemory-policy noeviction.',
        'maxmemory-policy noeviction (redis.conf)',
      );
    }),
};

/** Whether Redis has memory left. */
export const redisMemory: Check = {
  id: 'redis.memory',
  title: 'Redis has memory left',
  run: (context) =>
    withRedis(context, ({ info }) => {
      const [used, limit, machine] = [info.used_memory, info.maxmemory, info.total_system_memory].map(Number);
      const room = limit || machine || 0;
      const found = `${megabytes(used)} of ${megabytes(room)} used${limit ? '' : ' (no maxmemory; the machine has so much)'}`;
      const share = room > 0 ? (used ?? 0) / room : 0;
      const advice =
        'Raise maxmemory, or give the machine more memory: when it is full, studies are not queued.';
      if (share > 0.95) return fail(found, advice, 'maxmemory (redis.conf)');
      if (share > 0.8) return warn(found, advice, 'maxmemory (redis.conf)');
      return ok(found);
    }),
};

const megabytes = (bytes = 0) => `${Math.round(bytes / 1024 / 1024)} MB`;
