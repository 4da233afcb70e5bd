// node bench/lists.mjs [STUDIES] [PORT]: how long the gateway takes to answer with lists of studies (dist/ must be built).
// Fills a redis-server of its own on PORT (default 6411), starts a gateway with it and with an archive that is not there, and
// asks every list 40 times over HTTP. Prints a table of milliseconds: median, 95 of 100, slowest, and what gateway and Redis
// computed for one request, which a busy machine changes least. See docs/performance.md.
import { spawn } from 'node:child_process';
import { Buffer } from 'node:buffer';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { loadSettings } from '../dist/config/index.js';
import { freePort } from '../dist/demo/free-port.js';
import { startLocalRedis } from '../dist/demo/local-redis.js';
import { openStore } from '../dist/store/open-store.js';
import { connectRedis } from '../dist/store/redis/connect.js';
import { fillLedger } from './fill-ledger.mjs';

const count = Number(process.argv[2] ?? 100_000);
const port = Number(process.argv[3] ?? 6411);
const TIMES = 40;
const root = new URL('..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'esp-lists-bench-'));
const settings = loadSettings(root, { ESP_REDIS_URL: `redis://127.0.0.1:${port}` });

const server = await startLocalRedis(folder, port);
const redis = connectRedis(settings.redis, 'waiting');
const store = openStore(redis, settings);
await store.server.ready(30_000);
await fillLedger({ redis, store, prefix: settings.redis.prefix, count });
await store.ledger.prepare();
const middle = Math.floor(count / 2);
const [uid, at] = await redis.zrevrange(
  `${settings.redis.prefix}:ledger:studies`,
  middle,
  middle,
  'WITHSCORES',
);
const cursor = Buffer.from(`${at} ${uid}`).toString('base64url');
const redisPid = Number((await store.server.info()).process_id);
await store.close();

const httpPort = await freePort();
const gateway = spawn(process.execPath, [join(root, 'dist/cli/main.js'), 'serve'], {
  stdio: 'ignore',
  env: {
    ...process.env,
    ESP_REDIS_URL: `redis://127.0.0.1:${port}`,
    ESP_GATEWAY_PORT: String(httpPort),
    ESP_ARCHIVE_DICOMWEB_URL: 'http://127.0.0.1:9/dicom-web',
    ESP_ARCHIVE_ORTHANC_URL: '',
    ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '0',
    ESP_LOG_LEVEL: 'silent',
  },
});
/** Milliseconds that processes have computed; a tick of Linux is a hundredth of a second. */
const computed = (...pids) =>
  pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) * 10;
  }, 0);

const base = `http://127.0.0.1:${httpPort}/admin/v1`;

const LISTS = {
  'first page': '/studies?limit=25',
  'page in the middle': `/studies?limit=25&cursor=${cursor}`,
  'largest page': '/studies?limit=200',
  'one outcome': '/studies?limit=25&outcome=failed',
  'outcome and channel': '/studies?limit=25&outcome=failed&channel=xray',
  'score that few have': '/studies?limit=25&maxScore=0.5',
  'one study by its UID': `/studies?uid=${uid}`,
  quarantine: '/quarantine?limit=25',
  statistics: '/stats?hours=24',
  'usage of 30 days': '/usage',
  'drift of 52 weeks': '/drift?weeks=52',
};

try {
  for (let tries = 0; ; tries += 1) {
    const answer = await globalThis.fetch(`${base}/queue`).catch(() => undefined);
    if (answer?.ok) break;
    if (tries > 600) throw new Error('the gateway does not start');
    await setTimeout(100);
  }
  console.log(
    `| list, ${count.toLocaleString('en')} studies | median ms | 95 of 100 | slowest | computed |\n|---|---:|---:|---:|---:|`,
  );
  for (const [name, path] of Object.entries(LISTS)) {
    const times = [];
    const before = computed(gateway.pid, redisPid);
    for (let n = 0; n < TIMES; n += 1) {
      const began = performance.now();
      const answer = await globalThis.fetch(base + path);
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      times.push(performance.now() - began);
    }
    const cpu = (computed(gateway.pid, redisPid) - before) / TIMES;
    times.sort((a, b) => a - b);
    const figures = [0.5, 0.95, 1].map((share) => Math.round(times[Math.ceil(share * TIMES) - 1]));
    console.log(`| ${name} | ${figures.join(' | ')} | ${cpu.toFixed(1)} |`);
  }
} finally {
  gateway.kill();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
// Connections that fetch keeps open would hold this process.
process.exit(process.exitCode);
