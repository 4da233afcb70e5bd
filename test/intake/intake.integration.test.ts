import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetch } from 'undici';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/index.js';
import { openChangesFollower } from '../../src/intake/changes-follower.js';
import { openQuietPeriod } from '../../src/intake/index.js';
import { openReconcile } from '../../src/intake/reconcile.js';
import { loadSettings } from '../../src/config/index.js';
import { openStore } from '../../src/store/open-store.js';
import { connectRedis } from '../../src/store/redis/connect.js';
import { openRedisServer } from '../../src/store/redis/server.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { freePort } from '../../src/demo/free-port.js';
import { eventually, PROJECT_ROOT, startStack, type Stack } from '../support/stack.js';

let stack: Stack;
let redis: Redis;

beforeAll(async () => {
  stack = await startStack();
  redis = connectRedis({ url: stack.redisUrl }, 'failFast');
  await openRedisServer(redis).ready(5000);
});
afterAll(async () => {
  redis?.disconnect();
  await stack?.close();
});

const settings = (prefix = 'esp') =>
  loadSettings(PROJECT_ROOT, {
    ESP_REDIS_URL: stack.redisUrl,
    ESP_REDIS_PREFIX: prefix,
    // So long that no signal becomes due by itself while a test runs.
    ESP_INTAKE_QUIET_SECONDS: '60',
  });
/** What is kept apart from other tests by its prefix. */
const progress = (prefix: string) => openStore(redis, settings(prefix)).intake;

/** Stores straight into Orthanc, past the gateway. */
async function storeInOrthanc(phantom: { bytes: Uint8Array }): Promise<void> {
  const response = await fetch(`${stack.orthanc.orthancUrl}/instances`, {
    method: 'POST',
    body: phantom.bytes,
  });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
}

const archive = () =>
  openArchive({
    ...settings().archive,
    dicomwebUrl: stack.orthanc.dicomwebUrl,
    orthancUrl: stack.orthanc.orthancUrl,
  });

const refuse = (study: string) => Promise.reject(new Error(`refused ${study}`));

describe('the change feed', () => {
  const follower = (prefix: string, startAt: 'now' | 'beginning', seen: string[]) =>
    openChangesFollower({
      progress: progress(prefix),
      orthanc: archive().orthanc!,
      startAt,
      signal: async (study) => void seen.push(study),
      refuse,
    });

  it('signals a study, and after a restart continues where the cursor is', async () => {
    const [first, second] = ['a', 'b'].map((salt) => phantomInstance({ kind: 'xray', salt: `feed-${salt}` }));
    await storeInOrthanc(first!);
    const seen: string[] = [];
    await follower('feed', 'beginning', seen).poll();
    expect(new Set(seen)).toEqual(new Set([first!.studyInstanceUid]));

    await storeInOrthanc(second!);
    const later: string[] = [];
    // Another follower, as after a restart. The first study may have become stable meanwhile.
    await follower('feed', 'beginning', later).poll();
    expect(later).toContain(second!.studyInstanceUid);
  });

  it('signals before it moves the cursor: what failed is read again', async () => {
    await storeInOrthanc(phantomInstance({ kind: 'xray', salt: 'feed-c' }));
    const failing = openChangesFollower({
      progress: progress('feed-failing'),
      orthanc: archive().orthanc!,
      startAt: 'beginning',
      signal: () => Promise.reject(new Error('Redis is away')),
      refuse,
    });
    await expect(failing.poll()).rejects.toThrow();
    const seen: string[] = [];
    await follower('feed-failing', 'beginning', seen).poll();
    expect(seen.length).toBeGreaterThan(0);
  });

  it('begins at its end when asked to, and leaves what was there before', async () => {
    const seen: string[] = [];
    await follower('feed-now', 'now', seen).poll();
    expect(seen).toEqual([]);
    const fresh = phantomInstance({ kind: 'xray', salt: 'feed-d' });
    await storeInOrthanc(fresh);
    await follower('feed-now', 'now', seen).poll();
    expect(seen).toContain(fresh.studyInstanceUid);
  });

  it('begins anew when the feed is that of another database', async () => {
    await redis.set('feed-other:intake:cursor', 10_000_000);
    const seen: string[] = [];
    await follower('feed-other', 'now', seen).poll();
    expect(seen.length).toBeGreaterThan(0);
  });
});

describe('the reconcile pass', () => {
  it('finds a study that no signal told of, and a late instance of a known one', async () => {
    const seen: string[] = [];
    const reconcile = openReconcile({
      progress: progress('reconcile'),
      dicomweb: archive().dicomweb,
      startAt: 'now',
      signal: async (study) => void seen.push(study),
      refuse,
    });
    await reconcile.run();
    expect(seen).toEqual([]);

    const first = phantomInstance({ kind: 'dermoscopy', salt: 'sweep', study: 's', instanceNumber: 1 });
    const second = phantomInstance({ kind: 'dermoscopy', salt: 'sweep', study: 's', instanceNumber: 2 });
    await storeInOrthanc(first);
    expect(await reconcile.run()).toBe(1);
    expect(await reconcile.run()).toBe(0);
    await storeInOrthanc(second);
    expect(await reconcile.run()).toBe(1);
    expect(seen).toEqual([first.studyInstanceUid, first.studyInstanceUid]);
  });
});

describe('the quiet period', () => {
  it('makes one queue entry of however many signals, when they have ended', async () => {
    const own = settings();
    const store = openStore(redis, own);
    const { queue } = store;
    const quiet = openQuietPeriod({ store, settings: own, log: pino({ level: 'silent' }) });
    const study = phantomInstance({ kind: 'xray', salt: 'quiet' }).studyInstanceUid;
    for (const source of ['stow', 'changes', 'hook', 'reconcile', 'changes'] as const)
      await quiet.signal(study, source);
    expect(await quiet.queueDue()).toBe(0);
    const later = () => Date.now() + 61_000;
    expect(await quiet.queueDue(later())).toBe(1);
    expect(await quiet.queueDue(later())).toBe(0);
    // Signals after queueing do not add a second entry while the first waits.
    await quiet.signal(study, 'changes');
    expect(await quiet.queueDue(later())).toBe(1);
    expect(await queue.counts()).toMatchObject({ waiting: 1, delayed: 0, active: 0 });
  });
});

describe("Orthanc's Lua hook", () => {
  it('tells the gateway of a stable study, with the token', async () => {
    const port = await freePort();
    const lua = readFileSync(join(PROJECT_ROOT, 'config/orthanc/stable-study.lua'), 'utf8');
    expect(lua).toContain('OnStableStudy');
    const script = join(stack.dir, 'stable-study.lua');
    writeFileSync(script, lua);
    process.env.ESP_HOOK_URL = `http://127.0.0.1:${port}/hooks/stable-study`;
    process.env.ESP_HOOK_TOKEN = 'secret';
    const hooked = await startStack({ LuaScripts: [script] });
    try {
      const serve = await hooked.start('serve', {
        ESP_GATEWAY_PORT: String(port),
        ESP_INTAKE_CHANGES: 'false',
        ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '0',
      });
      const phantom = phantomInstance({ kind: 'xray', salt: 'lua' });
      const response = await fetch(`${hooked.orthanc.orthancUrl}/instances`, {
        method: 'POST',
        body: phantom.bytes,
      });
      await response.arrayBuffer();
      const view = await eventually('the hook', async () => {
        const study = await serve.client.study(phantom.studyInstanceUid);
        // The record comes first, its timeline a moment later.
        return study?.events.length !== 0 && study;
      });
      expect(view.events[0]).toMatchObject({ event: 'signal', detail: { source: 'hook' } });
    } finally {
      delete process.env.ESP_HOOK_URL;
      delete process.env.ESP_HOOK_TOKEN;
      await hooked.close();
    }
  });
});
