// node bench/ledger.mjs STUDIES [PORT] [FOLDER]: measures the ledger with synthetic studies (dist/ must be built).
// Starts a redis-server of its own on PORT (default 6409) with its data in FOLDER (default /tmp/esp-ledger-bench), and
// stops it at the end. Prints JSON: bytes a study, and milliseconds of lists, a search, a reconcile pass and a restart.
import { Buffer } from 'node:buffer';
import { performance } from 'node:perf_hooks';
import { mkdirSync, rmSync, statSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadSettings } from '../dist/config/index.js';
import { startLocalRedis } from '../dist/demo/local-redis.js';
import { openStore } from '../dist/store/open-store.js';
import { connectRedis } from '../dist/store/redis/connect.js';

const count = Number(process.argv[2] ?? 100_000);
const port = Number(process.argv[3] ?? 6409);
const folder = process.argv[4] ?? '/tmp/esp-ledger-bench';
/** Studies written at the same time: bounds the memory of this process. */
const AT_ONCE = 200;
/** So many studies are written by the store; the others are copies that Redis makes of them, with UIDs of their own. */
const WRITTEN = Math.min(count, 2000);

/** Copies studies within Redis. ARGV: prefix, then uid copied, uid of the copy, ms since 1970, for each of them. */
const COPY = `
local p = ARGV[1]
for i = 2, #ARGV, 3 do
  local from, to, at = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local pattern = string.gsub(from, '%.', '%%.')
  local record = redis.call('HGETALL', p .. ':ledger:study:' .. from)
  for j = 2, #record, 2 do record[j] = string.gsub(record[j], pattern, to) end
  redis.call('HSET', p .. ':ledger:study:' .. to, unpack(record))
  redis.call('RPUSH', p .. ':ledger:events:' .. to, unpack(redis.call('LRANGE', p .. ':ledger:events:' .. from, 0, -1)))
  redis.call('HSET', p .. ':intake:seen', to, '3')
  redis.call('ZADD', p .. ':ledger:studies', at, to)
  redis.call('ZADD', p .. ':ledger:index:arrived', at, to)
  local sets = { ['index:state:done'] = true }
  local failed = redis.call('ZSCORE', p .. ':ledger:index:quarantine', from)
  if failed then sets['index:quarantine'] = true end
  sets['index:outcome:' .. (failed and 'failed' or 'segmented')] = true
  for _, channel in ipairs(redis.call('SMEMBERS', p .. ':ledger:index:channels')) do
    if redis.call('ZSCORE', p .. ':ledger:index:channel:' .. channel, from) then sets['index:channel:' .. channel] = true end
  end
  for set in pairs(sets) do redis.call('ZADD', p .. ':ledger:' .. set, at, to) end
end`;

const uid = (n) => `1.2.826.0.1.3680043.8.498.${String(10_000_000_000 + n)}.${String(n).padStart(12, '7')}`;
const CHANNELS = ['dermoscopy', 'xray', 'fundus'];

/** A study like those of a running site: one result, five lines of timeline, one in fifty failed. */
async function write(store, n) {
  const channel = CHANNELS[n % 3];
  const study = uid(n);
  const correlationId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const failed = n % 50 === 0;
  const units = [
    {
      outcome: failed ? 'failed' : 'segmented',
      channel,
      score: 0.5 + (n % 50) / 100,
      reasons: ['Modality is DX', 'the picture looks like a chest radiograph'],
      sourceSeriesUid: `${study}.1`,
      sourceInstanceUids: [`${study}.1.1`],
      segSeriesUid: `${study}.2`,
      segInstanceUid: `${study}.2.1`,
      frames: { positive: 1, total: 1 },
    },
  ];
  await store.ledger.update(study, {
    state: 'done',
    outcome: failed ? 'failed' : 'segmented',
    units,
    fingerprint: correlationId.replaceAll('-', '').repeat(2),
    instances: 3,
    tag: channel,
    attempts: 1,
    arrivedAt: new Date().toISOString(),
    round: 'arrival',
    seconds: 4.2,
    correlationId,
  });
  for (const event of ['signal', 'queued', 'started', 'unit', 'done']) {
    await store.ledger.addEvent(study, event, { correlationId, n: 1 });
  }
  await store.intake.markSeen(study, '3');
}

async function timed(run) {
  const started = performance.now();
  const result = await run();
  return [Math.round(performance.now() - started), result];
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const root = new URL('..', import.meta.url).pathname;
const settings = loadSettings(root, { ESP_REDIS_URL: `redis://127.0.0.1:${port}` });
let server = await startLocalRedis(folder, port);
let redis = connectRedis(settings.redis, 'waiting');
let store = openStore(redis, settings);
await store.server.ready(30_000);
const memory = async () => Number((await store.server.info()).used_memory);

const before = await memory();
const [writeMs] = await timed(async () => {
  for (let start = 0; start < WRITTEN; start += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, WRITTEN - start) }, (_, i) =>
      write(store, start + i),
    );
    await Promise.all(batch);
  }
});
const firstAt = Date.now() + 1;
for (let start = WRITTEN; start < count; start += AT_ONCE) {
  const copies = Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, i) => start + i);
  const args = copies.flatMap((n) => [uid(n % WRITTEN), uid(n), firstAt + n]);
  await redis.eval(COPY, 0, settings.redis.prefix, ...args);
}
const used = (await memory()) - before;
const { bytes } = await store.ledger.size();
const list = (filter, limit, cursor) => store.ledger.list({ filter, limit, cursor });
const [firstMs] = await timed(() => list({}, 50));
// The page in the middle, by a cursor as a page before gives it.
const [between, at] = await redis.zrevrange(
  `${settings.redis.prefix}:ledger:studies`,
  Math.floor(count / 2),
  Math.floor(count / 2),
  'WITHSCORES',
);
const cursor = Buffer.from(`${at} ${between}`).toString('base64url');
const [deepMs] = await timed(() => list({}, 50, cursor));
const [filteredMs, filtered] = await timed(() => list({ channel: 'xray', outcome: 'failed' }, 50));
const [scoreMs] = await timed(() => list({ maxScore: 0.1 }, 50));
const [findMs] = await timed(() => store.ledger.requireRecord(uid(Math.floor(count / 3))));
// What a reconcile pass asks of the store for every study that the archive lists, 200 a page, one after the other.
const sample = Math.min(count, 20_000);
const [reconcileSampleMs] = await timed(async () => {
  for (let n = 0; n < sample; n += 1) await store.intake.seen(uid(n));
});
const [prepareMs] = await timed(() => store.ledger.prepare());
await store.close();
await server.stop();
const aofBytes = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /aof/.test(entry.name))
  .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
const [restartMs] = await timed(async () => {
  server = await startLocalRedis(folder, port);
  redis = connectRedis(settings.redis, 'waiting');
  store = openStore(redis, settings);
  await store.server.ready(600_000);
});
const [pruneMs, pruned] = await timed(() =>
  store.ledger.prune({ retentionDays: 0, maxStudies: Math.floor(count * 0.9) }),
);
await store.close();
await server.stop();
rmSync(folder, { recursive: true, force: true });

console.log(
  JSON.stringify({
    studies: count,
    writtenPerSecond: Math.round((WRITTEN / writeMs) * 1000),
    redisBytesAStudy: Math.round(used / count),
    ledgerBytesAStudy: Math.round(bytes / count),
    appendOnlyFileBytesAStudy: Math.round(aofBytes / count),
    milliseconds: {
      firstPage: firstMs,
      pageInTheMiddle: deepMs,
      twoFilters: filteredMs,
      twoFiltersFound: filtered.studies.length,
      scoreThatMatchesNothing: scoreMs,
      oneStudy: findMs,
      reconcile1000: Math.round((reconcileSampleMs / sample) * 1000),
      migrateAndIndex: prepareMs,
      restart: restartMs,
      forget: pruneMs,
    },
    forgotten: pruned,
  }),
);
