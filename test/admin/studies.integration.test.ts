import { fetch } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pseudonym, type Uid } from '../../src/core/index.js';
import type { Ledger, StudyQueue } from '../../src/store/index.js';
import { eventually } from '../support/stack.js';
import { startTestGateway, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const uid = (n: number) => `1.2.3.${n}` as Uid;
const unit = {
  outcome: 'segmented' as const,
  channel: 'xray' as const,
  score: 0.8,
  reasons: ['Modality is DX'],
  sourceSeriesUid: '1.2.3.4',
  sourceInstanceUids: ['1.2.3.4.5'],
  segSeriesUid: '1.2.3.6',
  segInstanceUid: '1.2.3.7',
  frames: { positive: 1, total: 1 },
};

let server: TestRedis;
let gateway: TestGateway;
let queue: StudyQueue;
let ledger: Ledger;

beforeAll(async () => {
  server = await startTestRedis();
  ({ queue, ledger } = server.open());
  // Long enough for a test to find a study in it.
  gateway = await startTestGateway({ ESP_REDIS_URL: server.url, ESP_INTAKE_QUIET_SECONDS: '60' });
});
afterAll(async () => {
  await gateway?.close();
  await server?.close();
});
beforeEach(() => server.redis.flushall());

const get = (path: string) => gateway.as('viewer', 'get', path);
const post = (path: string, body: object = {}) => gateway.as('operator', 'post', path).send(body);

async function signal(study: Uid): Promise<void> {
  const response = await fetch(`${gateway.base}/hooks/stable-study`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ studyInstanceUid: study }),
  });
  expect(response.status).toBe(202);
}

describe('roles', () => {
  const calls = [
    ['get', '/studies', 'viewer'],
    ['get', '/studies/1.2.3', 'viewer'],
    ['get', '/studies/1.2.3/preview', 'viewer'],
    ['post', '/studies/1.2.3/reprocess', 'operator'],
    ['post', '/studies/1.2.3/cancel', 'operator'],
  ] as const;

  it.each(calls)(
    '%s %s is refused without a token, and with too small a role',
    async (method, path, role) => {
      const nobody = await gateway.as(undefined, method, path);
      expect(nobody.status).toBe(401);
      expect(nobody.headers['content-type']).toContain('application/problem+json');
      const viewer = await gateway.as('viewer', method, path);
      if (role === 'viewer') expect([200, 404]).toContain(viewer.status);
      else expect(viewer.status).toBe(403);
    },
  );
});

describe('GET /studies', () => {
  it('shows what a list needs, and nothing that the schema does not name', async () => {
    await ledger.update(uid(1), {
      state: 'done',
      outcome: 'segmented',
      units: [
        unit,
        { ...unit, score: 0.6, channel: 'fundus' },
        { ...unit, score: 0.1, outcome: 'superseded' },
      ],
      seconds: 3,
    });
    const { body, status } = await get('/studies');
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 1 });
    expect(body.next).toBeUndefined();
    expect(body.items[0]).toEqual({
      studyInstanceUid: uid(1),
      state: 'done',
      needsReview: false,
      outcome: 'segmented',
      channels: ['xray', 'fundus'],
      score: 0.6,
      units: 2,
      superseded: 1,
      frames: 2,
      seconds: 3,
      attempts: 0,
      quarantined: false,
      firstSeen: expect.any(String),
      updatedAt: expect.any(String),
    });
  });

  it('filters and pages', async () => {
    for (let n = 1; n <= 5; n += 1) {
      await ledger.update(uid(n), {
        state: 'done',
        outcome: n % 2 ? 'segmented' : 'empty',
        units: [{ ...unit, score: n / 10 }],
      });
    }
    const first = await get('/studies?outcome=segmented&channel=xray&state=done&limit=2');
    expect(first.body.items.map((item: { score: number }) => item.score)).toEqual([0.5, 0.3]);
    const second = await get(`/studies?outcome=segmented&limit=2&cursor=${first.body.next}`);
    expect(second.body.items.map((item: { score: number }) => item.score)).toEqual([0.1]);
    expect(second.body.next).toBeUndefined();
    const doubtful = await get('/studies?maxScore=0.2');
    expect(doubtful.body.items).toHaveLength(2);
    await ledger.update(uid(4), { units: [unit, { ...unit, outcome: 'superseded' }] });
    const superseded = await get('/studies?superseded=true');
    expect(superseded.body).toMatchObject({ total: 1, items: [{ studyInstanceUid: uid(4), superseded: 1 }] });
    expect((await get('/studies?superseded=false')).body.items).toHaveLength(4);
    const later = new Date(Date.now() + 60_000).toISOString();
    expect((await get(`/studies?from=${later}`)).body).toMatchObject({ total: 0, items: [] });
    expect((await get(`/studies?to=${later}`)).body).toMatchObject({ total: 5 });
  });

  it.each([
    'limit=0',
    'limit=501',
    'cursor=x',
    'outcome=good',
    'from=yesterday',
    'minScore=2',
    'patientName=Doe',
  ])('refuses ?%s without quoting it', async (query) => {
    const response = await get(`/studies?${query}`);
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ title: 'INVALID_REQUEST' });
    expect(JSON.stringify(response.body)).not.toContain('Doe');
  });
});

describe('GET /studies/{uid}', () => {
  it('shows record, timeline, place in the queue and links', async () => {
    await ledger.update(uid(1), { state: 'done', outcome: 'segmented', units: [unit] });
    await post(`/studies/${uid(1)}/reprocess`, { priority: 'urgent' }).expect(202);
    const { body } = await get(`/studies/${uid(1)}`);
    expect(body).toMatchObject({
      state: 'queued',
      outcome: 'segmented',
      units: [unit],
      job: { state: 'waiting', attemptsMade: 0, priority: 'urgent' },
      links: {
        viewer: `/viewer/viewer?StudyInstanceUIDs=${uid(1)}`,
        preview: [`/admin/v1/studies/${uid(1)}/preview?unit=0`],
      },
      events: [{ event: 'reprocess', detail: { priority: 'urgent', actor: 'token:operator' } }],
    });
  });

  it('does not know every study, and takes nothing that is no UID', async () => {
    expect((await get('/studies/1.9.9')).body).toMatchObject({ status: 404, title: 'NOT_FOUND' });
    expect((await get('/studies/..%2fx')).body).toMatchObject({ status: 400, title: 'INVALID_UID' });
  });
});

describe('POST /studies/{uid}/reprocess', () => {
  it('queues the study once, keeps the request, and says under which id it runs', async () => {
    await ledger.update(uid(1), { state: 'done', outcome: 'empty' });
    const first = await post(`/studies/${uid(1)}/reprocess`);
    const second = await post(`/studies/${uid(1)}/reprocess`);
    expect(first.status).toBe(202);
    expect(second.body.correlationId).toBe(first.body.correlationId);
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
    expect(await ledger.forceRequest(uid(1))).toBeDefined();
  });

  it('says that the archive is away when only it could know the study', async () => {
    const response = await post(`/studies/${uid(1)}/reprocess`);
    expect(response.body).toMatchObject({ status: 502, title: 'ARCHIVE_UNREACHABLE' });
    expect(await queue.counts()).toMatchObject({ waiting: 0 });
  });

  it('refuses another class than the three', async () => {
    expect((await post(`/studies/${uid(1)}/reprocess`, { priority: 'now' })).status).toBe(400);
  });
});

describe('a study whose record cannot be read', () => {
  beforeEach(async () => {
    for (const n of [1, 2, 3]) {
      await ledger.update(uid(n), {
        state: 'done',
        outcome: 'failed',
        units: [{ ...unit, outcome: 'failed' }],
      });
    }
    await server.redis.hset(`esp:ledger:study:${uid(2)}`, 'units', '[{"outcome":"Doe^John"}]');
  });

  it.each(['/studies', '/studies?channel=xray', '/quarantine'])(
    'does not hide the others of %s',
    async (path) => {
      const { body, status } = await get(path);
      expect(status).toBe(200);
      expect(body.items.map((item: { studyInstanceUid: string }) => item.studyInstanceUid)).toEqual([
        uid(3),
        uid(1),
      ]);
      expect(body).toMatchObject({ total: 3, unreadable: [uid(2)] });
    },
  );

  it('says so when it is asked for, and what to do', async () => {
    for (const path of [`/studies/${uid(2)}`, `/studies/${uid(2)}/preview`]) {
      const { body, headers } = await get(path);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(body).toMatchObject({
        title: 'LEDGER_UNREADABLE',
        advice: expect.stringContaining('/reprocess'),
      });
      expect(JSON.stringify(body)).not.toContain('Doe');
    }
    expect((await post(`/quarantine/${uid(2)}/replay`)).body).toMatchObject({ title: 'LEDGER_UNREADABLE' });
    expect(JSON.stringify(gateway.logged)).not.toContain('Doe');
    const warnings = gateway.logged.filter(({ msg }) => String(msg).startsWith('left out'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ study: pseudonym(uid(2)), code: 'LEDGER_UNREADABLE', level: 40 });
  });

  it('can be run again, without asking the archive, and is then like any other', async () => {
    await post(`/studies/${uid(2)}/reprocess`).expect(202);
    expect((await get(`/studies/${uid(2)}`)).body).toMatchObject({ state: 'queued', outcome: 'failed' });
    expect((await get('/studies')).body).toMatchObject({ unreadable: [], total: 3 });
  });

  it('is taken up by a signal as if it came for the first time', async () => {
    await signal(uid(2));
    expect((await get(`/studies/${uid(2)}`)).body).toMatchObject({
      units: [],
      events: [{ event: 'signal' }],
    });
    expect(await server.redis.zcard('esp:intake:quiet')).toBe(1);
  });
});

describe('POST /studies/{uid}/cancel', () => {
  const cancel = (study: Uid) => post(`/studies/${study}/cancel`);

  it('takes a study out of the quiet period; a new signal brings it back', async () => {
    await signal(uid(1));
    expect((await cancel(uid(1))).body).toEqual({ cancelled: 'quiet' });
    expect(await ledger.record(uid(1))).toMatchObject({ state: 'cancelled' });
    expect(await server.redis.zcard('esp:intake:quiet')).toBe(0);
    await signal(uid(1));
    expect(await ledger.record(uid(1))).toMatchObject({ state: 'quiet' });
    expect(await server.redis.zcard('esp:intake:quiet')).toBe(1);
  });

  it('takes a study out of the queue, with the wish to run it; it can be queued again', async () => {
    await ledger.update(uid(1), { state: 'done', outcome: 'empty' });
    await post(`/studies/${uid(1)}/reprocess`).expect(202);
    expect((await cancel(uid(1))).body).toEqual({ cancelled: 'queued' });
    expect(await queue.counts()).toMatchObject({ waiting: 0, delayed: 0 });
    expect(await ledger.forceRequest(uid(1))).toBeUndefined();
    // It keeps the result it had.
    expect(await ledger.record(uid(1))).toMatchObject({ state: 'done', outcome: 'empty' });
    expect((await ledger.events(uid(1))).at(-1)).toMatchObject({
      event: 'cancelled',
      detail: { from: 'queued' },
    });
    await post(`/studies/${uid(1)}/reprocess`).expect(202);
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
  });

  it('asks the worker of a study that runs to stop', async () => {
    await ledger.update(uid(1), { state: 'running' });
    expect((await cancel(uid(1))).body).toEqual({ cancelled: 'running' });
    expect(await ledger.record(uid(1))).toMatchObject({
      state: 'running',
      stop: { actor: 'token:operator' },
    });
  });

  it('does not touch what is done', async () => {
    await ledger.update(uid(1), { state: 'done', outcome: 'segmented' });
    expect((await cancel(uid(1))).body).toMatchObject({ status: 409, title: 'CONFLICT' });
    expect((await cancel(uid(2))).status).toBe(404);
  });
});

describe('the log', () => {
  it('names no study', async () => {
    await signal(uid(77));
    await post(`/studies/${uid(77)}/cancel`).expect(200);
    const lines = await eventually(
      'log lines',
      async () => gateway.logged.length > 0 && JSON.stringify(gateway.logged),
    );
    expect(lines).not.toContain(uid(77));
  });
});
