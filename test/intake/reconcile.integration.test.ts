import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '../../src/archive/index.js';
import { loadSettings, reconcileSeconds } from '../../src/config/index.js';
import type { Uid } from '../../src/core/index.js';
import { openReconcile } from '../../src/intake/reconcile.js';
import type { IntakeProgress } from '../../src/store/index.js';
import { PROJECT_ROOT } from '../support/stack.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

/** A QIDO-RS study list of any length. Real archives of a million studies are not at hand. */
interface StudyList {
  readonly archive: Archive;
  /** Studies without a recent date. */
  old: number;
  /** UIDs of today's studies, and how many instances each has. */
  readonly recent: Map<string, number>;
  /** Lists asked for since the last look. */
  asked(): { recent: number; all: number };
  close(): Promise<void>;
}

async function startStudyList(old: number): Promise<StudyList> {
  let asked = { recent: 0, all: 0 };
  const list = { old, recent: new Map<string, number>() };
  const row = (uid: string, instances: number) => ({
    '0020000D': { vr: 'UI', Value: [uid] },
    '00201208': { vr: 'IS', Value: [instances] },
  });
  const server: Server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://list').searchParams;
    const isRecent = query.has('StudyDate');
    asked[isRecent ? 'recent' : 'all'] += 1;
    const offset = Number(query.get('offset'));
    const limit = Math.min(500, Number(query.get('limit')));
    const recent = [...list.recent].map(([uid, instances]) => row(uid, instances));
    const rows = isRecent
      ? recent.slice(offset, offset + limit)
      : Array.from({ length: Math.max(0, Math.min(limit, list.old - offset)) }, (_, i) =>
          row(`1.2.840.9.${offset + i}`, 1),
        );
    response.setHeader('content-type', 'application/dicom+json');
    response.end(JSON.stringify(rows));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const archive = openArchive({ ...loadSettings(PROJECT_ROOT, {}).archive, dicomwebUrl: url });
  return Object.assign(list, {
    archive,
    asked() {
      const since = asked;
      asked = { recent: 0, all: 0 };
      return since;
    },
    async close() {
      await archive.http.close();
      server.closeAllConnections();
      server.close();
    },
  });
}

let server: TestRedis;
beforeAll(async () => {
  server = await startTestRedis();
});
afterAll(() => server?.close());

function reconcileOf(list: StudyList, progress: IntakeProgress, signals: string[], refused: string[] = []) {
  return openReconcile({
    progress,
    dicomweb: list.archive.dicomweb,
    startAt: 'now',
    signal: async (study: Uid) => void signals.push(study),
    refuse: async (study) => void refused.push(study),
    budget: { pages: 20, ms: 60_000 },
  });
}

const progressOf = (prefix: string) => server.open({ ESP_REDIS_PREFIX: prefix }).intake;

describe('the reconcile pass', () => {
  it('costs the same whether an archive has thousands or a million studies, and finds what is new at once', async () => {
    const list = await startStudyList(1_000_000);
    const [signals, progress] = [[] as string[], progressOf('million')];
    try {
      await reconcileOf(list, progress, signals).run();
      expect(list.asked()).toEqual({ recent: 1, all: 20 });
      list.recent.set('1.2.3.1', 1);
      expect(await reconcileOf(list, progress, signals).run()).toBe(1);
      expect(signals).toEqual(['1.2.3.1']);
      expect(list.asked().all).toBe(20);
      expect(await progress.sweep()).toBe(2 * 20 * 500);
    } finally {
      await list.close();
    }
  });

  it('goes on where it stopped, whichever gateway makes the next pass', async () => {
    const list = await startStudyList(25_000);
    const [signals, progress] = [[] as string[], progressOf('resumed')];
    try {
      for (let pass = 0; pass < 3; pass += 1) await reconcileOf(list, progress, signals).run();
      // The first sweep ever only takes note; the next one has begun, and finds what came meanwhile.
      expect(signals).toEqual([]);
      list.old = 25_010;
      for (let pass = 0; pass < 3; pass += 1) await reconcileOf(list, progress, signals).run();
      expect(signals).toEqual(Array.from({ length: 10 }, (_, i) => `1.2.840.9.${25_000 + i}`));
    } finally {
      await list.close();
    }
  });

  it('forgets studies that the archive no longer has', async () => {
    const list = await startStudyList(2000);
    const progress = progressOf('pruned');
    const kept = async () =>
      (await server.redis.hlen('pruned:intake:seen')) +
      (await server.redis.hlen('pruned:intake:seen-before'));
    try {
      await reconcileOf(list, progress, []).run();
      expect(await kept()).toBe(2000);
      list.old = 10;
      for (let pass = 0; pass < 2; pass += 1) await reconcileOf(list, progress, []).run();
      expect(await kept()).toBe(10);
    } finally {
      await list.close();
    }
  });

  it('signals a study again when its number of instances has changed', async () => {
    const list = await startStudyList(0);
    const [signals, progress] = [[] as string[], progressOf('late')];
    try {
      await reconcileOf(list, progress, signals).run();
      for (const instances of [1, 1, 2]) {
        list.recent.set('1.2.3.1', instances);
        await reconcileOf(list, progress, signals).run();
      }
      expect(signals).toEqual(['1.2.3.1', '1.2.3.1']);
    } finally {
      await list.close();
    }
  });

  it('is made by one gateway at a time', async () => {
    const list = await startStudyList(100);
    const progress = progressOf('alone');
    try {
      const claim = await progress.claimPass();
      await reconcileOf(list, progress, []).run();
      expect(list.asked()).toEqual({ recent: 0, all: 0 });
      await claim!.release();
      await reconcileOf(list, progress, []).run();
      expect(list.asked().all).toBeGreaterThan(0);
    } finally {
      await list.close();
    }
  });

  it('names a study whose StudyInstanceUID is none', async () => {
    const list = await startStudyList(0);
    const [signals, refused, progress] = [[] as string[], [] as string[], progressOf('invalid')];
    list.recent.set('1.2.STUDY.4', 1).set('1.2.3.9', 1);
    try {
      await reconcileOf(list, progress, signals, refused).run();
      expect(refused).toContain('1.2.STUDY.4');
    } finally {
      await list.close();
    }
  });

  it('runs every 30 s or oftener where no change feed tells of studies', () => {
    expect(reconcileSeconds(loadSettings(PROJECT_ROOT, {}))).toBeLessThanOrEqual(30);
    const feed = { ESP_ARCHIVE_ORTHANC_URL: 'http://127.0.0.1:8042' };
    expect(reconcileSeconds(loadSettings(PROJECT_ROOT, feed))).toBe(600);
    const off = { ...feed, ESP_INTAKE_CHANGES: 'false' };
    expect(reconcileSeconds(loadSettings(PROJECT_ROOT, off))).toBeLessThanOrEqual(30);
    const own = { ...feed, ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '7' };
    expect(reconcileSeconds(loadSettings(PROJECT_ROOT, own))).toBe(7);
  });
});
