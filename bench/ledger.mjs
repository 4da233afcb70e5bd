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
import { fillLedger, uid } from './fill-ledger.mjs';

const count = Number(process.argv[2] ?? 100_000);
const port = Number(process.argv[3] ?? 6409);
const folder = process.argv[4] ?? '/tmp/esp-ledger-bench';
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
const { written, milliseconds: writeMs } = await fillLedger({
  redis,
  store,
  prefix: settings.redis.prefix,
  count,
});
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
  for (let n = 0; n < sample; n += 1) await store.intake.seen([uid(n)]);
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
    writtenPerSecond: Math.round((written / writeMs) * 1000),
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
