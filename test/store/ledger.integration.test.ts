import type { Logger } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pseudonym, type Uid, type UnitResult } from '../../src/core/index.js';
import type { FinishedRun, Ledger } from '../../src/store/index.js';
import type { StudyFilter } from '../../src/store/ledger/list-studies.js';
import { RECORD_SCHEMA } from '../../src/store/ledger/migrations.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const uid = (n: number) => `1.2.3.${n}` as Uid;
const unit = (
  channel: UnitResult['channel'],
  score: number,
  outcome: UnitResult['outcome'] = 'segmented',
) => ({
  outcome,
  channel,
  score,
  reasons: [],
  sourceSeriesUid: '1.2',
  sourceInstanceUids: ['1.2.3'],
});

let server: TestRedis;
let ledger: Ledger;

beforeAll(async () => {
  server = await startTestRedis();
  ledger = server.open().ledger;
});
afterAll(() => server?.close());
beforeEach(() => server.redis.flushall());

/** Waits until the clock shows another millisecond: of changes within one, only the UID decides the order. */
async function laterThanNow(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** All pages of a filter, in their order. */
async function all(filter: StudyFilter, limit = 2): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ledger.list({ filter, limit, cursor });
    expect(page.studies.length).toBeLessThanOrEqual(limit);
    found.push(...page.studies.map((study) => study.studyInstanceUid));
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

describe('the list of studies', () => {
  it('is paged newest first without loss or repeat, also where times are equal', async () => {
    for (let n = 0; n < 25; n += 1) await ledger.update(uid(n), { state: 'done', outcome: 'empty' });
    // Equal times, more of them than a page: only the UID tells them apart.
    for (let n = 0; n < 12; n += 1) await server.redis.zadd('esp:ledger:index:outcome:empty', 5000, uid(n));
    const found = await all({ outcome: 'empty' }, 5);
    expect(found).toHaveLength(25);
    expect(new Set(found).size).toBe(25);
    expect(found.slice(0, 13)).toEqual(Array.from({ length: 13 }, (_, i) => uid(24 - i)));
  });

  it('follows a study from filter to filter as it changes', async () => {
    await ledger.update(uid(1), { state: 'queued' });
    expect(await all({ state: 'queued' })).toEqual([uid(1)]);
    await ledger.update(uid(1), { state: 'done', outcome: 'segmented', units: [unit('xray', 0.9)] });
    expect(await all({ state: 'queued' })).toEqual([]);
    expect(await all({ outcome: 'segmented', channel: 'xray', state: 'done' })).toEqual([uid(1)]);
    await ledger.update(uid(1), {
      outcome: 'failed',
      units: [{ ...unit('xray', 0.9), outcome: 'superseded' }],
    });
    expect(await all({ channel: 'xray' })).toEqual([]);
    expect(await all({ outcome: 'segmented' })).toEqual([]);
    expect(await all({ quarantined: true })).toEqual([uid(1)]);
    await ledger.update(uid(1), { discarded: { at: new Date().toISOString(), actor: 'somebody' } });
    expect(await all({ quarantined: true })).toEqual([]);
    expect(await all({ outcome: 'failed' })).toEqual([uid(1)]);
    await ledger.update(uid(1), { discarded: undefined });
    expect(await all({ quarantined: true })).toEqual([uid(1)]);
    await ledger.remove(uid(1));
    expect(await all({})).toEqual([]);
    expect(await server.redis.keys('esp:ledger:*')).toEqual([]);
  });

  it('knows which studies hold superseded results, until they do no more', async () => {
    const superseded = { ...unit('xray', 0.9), outcome: 'superseded' as const };
    await ledger.update(uid(1), { state: 'done', units: [unit('xray', 0.9)] });
    expect([await all({ superseded: true }), await ledger.countSuperseded()]).toEqual([[], 0]);
    await ledger.update(uid(1), { units: [unit('xray', 0.9), superseded] });
    await ledger.update(uid(2), { units: [unit('xray', 0.9)] });
    await ledger.update(uid(3), { units: [superseded] });
    // A change of anything else leaves it at that, and moves it to the front.
    await laterThanNow();
    await ledger.update(uid(1), { state: 'queued' });
    expect(await all({ superseded: true })).toEqual([uid(1), uid(3)]);
    expect(await all({ superseded: false })).toEqual([uid(2)]);
    expect((await ledger.list({ filter: { superseded: true }, limit: 1 })).total).toBe(2);
    expect((await ledger.list({ filter: { superseded: false }, limit: 1 })).total).toBeUndefined();
    await ledger.update(uid(1), { units: [unit('xray', 0.9)] });
    expect([await all({ superseded: true }), await ledger.countSuperseded()]).toEqual([[uid(3)], 1]);
    await ledger.remove(uid(3));
    expect(await ledger.countSuperseded()).toBe(0);
  });

  it('filters by the lowest score and by time', async () => {
    await ledger.update(uid(1), { outcome: 'segmented', units: [unit('xray', 0.9), unit('xray', 0.4)] });
    await laterThanNow();
    const between = Date.now();
    await ledger.update(uid(2), { outcome: 'segmented', units: [unit('fundus', 0.8)] });
    expect(await all({ maxScore: 0.5 })).toEqual([uid(1)]);
    expect(await all({ minScore: 0.5 })).toEqual([uid(2)]);
    expect(await all({ from: between })).toEqual([uid(2)]);
    expect(await all({ to: between - 1 })).toEqual([uid(1)]);
    expect((await ledger.list({ filter: { outcome: 'segmented', from: between }, limit: 9 })).total).toBe(1);
  });

  it('ends a page after some thousand records looked at, and goes on from there', async () => {
    for (let start = 0; start < 5000; start += 500) {
      await Promise.all(
        Array.from({ length: 500 }, (_, n) =>
          ledger.update(uid(start + n), { outcome: 'segmented', units: [unit('xray', 0.9)] }),
        ),
      );
    }
    await server.redis.hset('esp:ledger:study:1.2.3.0', 'units', JSON.stringify([unit('xray', 0.1)]));
    const page = await ledger.list({ filter: { maxScore: 0.5 }, limit: 10 });
    expect(page.studies).toEqual([]);
    expect(page.next).toBeDefined();
    expect(await all({ maxScore: 0.5 }, 10)).toEqual([uid(0)]);
  });

  it('does not take a cursor that no page gave', async () => {
    for (const cursor of [
      'x',
      Buffer.from('1 ../x').toString('base64url'),
      Buffer.from('1').toString('base64url'),
    ]) {
      await expect(ledger.list({ filter: {}, limit: 1, cursor })).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
      });
    }
  });
});

describe('the timeline', () => {
  it('is in the order in which things happened, not in that of their being written', async () => {
    const queued = new Date();
    await new Promise((resolve) => setTimeout(resolve, 3));
    await ledger.addEvent(uid(1), 'started');
    await ledger.addEvent(uid(1), 'queued', { n: 1 }, queued);
    await ledger.addEvent(uid(1), 'unit');
    expect((await ledger.events(uid(1))).map(({ event }) => event)).toEqual(['queued', 'started', 'unit']);
  });
});

/** A record and what may have become of it. */
const BROKEN: readonly [string, string, string | undefined][] = [
  ['a state of a newer version', 'state', '"archived"'],
  ['units of a newer version', 'units', '[{"outcome":"partial","reasons":[]}]'],
  ['units of another kind', 'units', '7'],
  ['text that is no JSON', 'units', '[{"outcome":'],
  ['a time that is none', 'firstSeen', '"yesterday"'],
  ['a mark of another kind', 'discarded', 'true'],
  ['a missing field', 'attempts', undefined],
];

/** Warnings go there. */
function notedIn(noted: string[]): Pick<Logger, 'info' | 'warn'> {
  const warn = (fields: unknown) => noted.push(JSON.stringify(fields));
  return { warn, info: () => undefined } as unknown as Pick<Logger, 'info' | 'warn'>;
}

describe('a record that cannot be read', () => {
  const noted: string[] = [];

  beforeEach(async () => {
    noted.length = 0;
    ledger = server.open({}, { log: notedIn(noted) }).ledger;
    for (const n of [1, 2, 3]) {
      await ledger.update(uid(n), { state: 'done', outcome: 'failed', units: [unit('xray', 0.9)] });
    }
  });
  afterAll(() => {
    ledger = server.open().ledger;
  });

  async function spoil(field: string, text: string | undefined): Promise<void> {
    const key = `esp:ledger:study:${uid(2)}`;
    if (text === undefined) await server.redis.hdel(key, field);
    else await server.redis.hset(key, field, text);
  }

  it.each(BROKEN)('(%s) is named apart from the others of a list', async (_, field, text) => {
    await spoil(field, text);
    for (const filter of [{}, { quarantined: true }, { outcome: 'failed', channel: 'xray' }] as const) {
      const page = await ledger.list({ filter, limit: 9 });
      expect(page.studies.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual([uid(3), uid(1)]);
      expect(page.unreadable).toEqual([uid(2)]);
      expect(page.next).toBeUndefined();
    }
    const first = await ledger.list({ filter: {}, limit: 2 });
    expect([first.studies.length, first.unreadable]).toEqual([1, [uid(2)]]);
    const rest = await ledger.list({ filter: {}, limit: 2, cursor: first.next });
    expect([rest.studies[0]?.studyInstanceUid, rest.unreadable]).toEqual([uid(1), []]);
    // Once, however often it is met.
    expect(noted).toEqual([`{"study":"${pseudonym(uid(2))}","code":"LEDGER_UNREADABLE"}`]);
    expect(await ledger.unreadable(2)).toEqual({ looked: 2, studies: [uid(2)] });
    expect(await ledger.unreadable(1)).toEqual({ looked: 1, studies: [] });
  });

  it.each(BROKEN)('(%s) has an error of its own, and counts as unknown to a run', async (_, field, text) => {
    await spoil(field, text);
    await expect(ledger.requireRecord(uid(2))).rejects.toMatchObject({ code: 'LEDGER_UNREADABLE' });
    await expect(ledger.requireRecord(uid(9))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await ledger.requireRecord(uid(1))).outcome).toBe('failed');
    expect(await ledger.record(uid(2))).toBeUndefined();
  });

  it.each(BROKEN)('(%s) is made good by a write, which keeps what can be read', async (_, field, text) => {
    await spoil(field, text);
    await ledger.update(uid(2), { state: 'running', correlationId: 'again' });
    expect(await ledger.record(uid(2))).toMatchObject({
      studyInstanceUid: uid(2),
      state: 'running',
      correlationId: 'again',
      outcome: 'failed',
      units: field === 'units' ? [] : [{ channel: 'xray' }],
    });
    expect(await all({ state: 'running' })).toEqual([uid(2)]);
    expect(await all({ quarantined: true })).toEqual([uid(3), uid(1)]);
    const others = [uid(1), uid(3)];
    expect((await all({ channel: 'xray' })).sort()).toEqual(
      field === 'units' ? others : [uid(1), uid(2), uid(3)],
    );
    expect((await ledger.list({ filter: {}, limit: 9 })).unreadable).toEqual([]);
    expect(await server.redis.zscore('esp:ledger:index:channel:xray', uid(2))).toEqual(
      field === 'units' ? null : expect.any(String),
    );
  });

  it('under a key of another kind is written anew', async () => {
    const key = `esp:ledger:study:${uid(2)}`;
    await server.redis.set(key, 'text');
    expect((await ledger.list({ filter: {}, limit: 9 })).unreadable).toEqual([uid(2)]);
    await ledger.update(uid(2), { state: 'running' });
    expect(await ledger.record(uid(2))).toMatchObject({ state: 'running', units: [], attempts: 0 });
  });

  it('does not keep the index from being made at the start', async () => {
    await spoil('units', '[{"outcome":');
    await server.redis.hset(
      `esp:ledger:study:${uid(3)}`,
      'firstSeen',
      'x',
      'units',
      '[1,null,{"channel":null}]',
    );
    await server.redis.set(`esp:ledger:study:${uid(4)}`, 'text');
    await server.redis.zadd('esp:ledger:studies', 7, uid(4));
    await server.redis.del(
      'esp:ledger:index:version',
      'esp:ledger:index:quarantine',
      'esp:ledger:index:arrived',
    );
    await ledger.prepare();
    expect(await all({ quarantined: true })).toEqual([uid(1)]);
    expect(await ledger.runs.arrivals(0, Date.now())).toHaveLength(2);
  });

  it('does not hide the lines of a timeline that can be read', async () => {
    await ledger.addEvent(uid(2), 'signal');
    await server.redis.rpush(`esp:ledger:events:${uid(2)}`, '{"at":', '{"event":7}', 'null');
    await ledger.addEvent(uid(2), 'queued');
    expect((await ledger.events(uid(2))).map(({ event }) => event)).toEqual(['signal', 'queued']);
  });
});

describe('records of an earlier version', () => {
  it('are found after the start, in their order, once the index is made', async () => {
    const times = ['2024-01-01T10:00:00.000Z', '2024-01-02T10:00:00.000Z'];
    for (const [n, time] of times.entries()) {
      const record = {
        studyInstanceUid: uid(n),
        state: 'done',
        outcome: 'failed',
        units: [unit('xray', 1, 'failed'), { ...unit('xray', 1), outcome: 'superseded' }].slice(0, n + 1),
        attempts: 5,
        firstSeen: time,
        updatedAt: time,
      };
      const fields = Object.entries(record).map(([key, value]) => [key, JSON.stringify(value)] as const);
      await server.redis.hset(`esp:ledger:study:${uid(n)}`, Object.fromEntries(fields));
      await server.redis.zadd('esp:ledger:studies', Date.parse(time), uid(n));
    }
    // One that is listed but has no record any more must not come to life.
    await server.redis.zadd('esp:ledger:studies', 7, uid(9));
    expect(await all({ quarantined: true })).toEqual([]);
    await Promise.all([ledger.prepare(), server.open().ledger.prepare()]);
    expect(await all({ quarantined: true })).toEqual([uid(1), uid(0)]);
    expect(await all({ channel: 'xray' })).toEqual([uid(1), uid(0)]);
    expect(await all({ superseded: true })).toEqual([uid(1)]);
    expect((await ledger.record(uid(0)))?.updatedAt).toBe(times[0]);
    expect(await ledger.record(uid(9))).toBeUndefined();
    expect(await ledger.runs.arrivals(0, Date.now())).toEqual(times.map((time) => Date.parse(time)));
    // Made once: what is taken out by hand stays out.
    await server.redis.del('esp:ledger:index:quarantine');
    await ledger.prepare();
    expect(await all({ quarantined: true })).toEqual([]);
  });

  /** A record as it was written before records had a version. */
  async function writeOld(n: number): Promise<void> {
    const time = '2024-01-01T10:00:00.000Z';
    const values = { studyInstanceUid: uid(n), state: 'done', outcome: 'empty', units: [], attempts: 1 };
    const fields = Object.entries({ ...values, firstSeen: time, updatedAt: time });
    const texts = fields.map(([field, value]) => [field, JSON.stringify(value)]);
    await server.redis.hset(`esp:ledger:study:${uid(n)}`, Object.fromEntries(texts));
    await server.redis.zadd('esp:ledger:studies', Date.parse(time), uid(n));
  }
  const NOW = String(RECORD_SCHEMA);
  const versionOf = (n: number) => server.redis.hget(`esp:ledger:study:${uid(n)}`, 'schema');

  it('without a version are read, and have this version after the start', async () => {
    await writeOld(1);
    await ledger.update(uid(2), { state: 'queued' });
    expect(await versionOf(2)).toBe(NOW);
    const before = await ledger.record(uid(1));
    expect(before).toMatchObject({ state: 'done', outcome: 'empty' });
    await Promise.all([ledger.prepare(), server.open().ledger.prepare()]);
    expect(await versionOf(1)).toBe(NOW);
    expect(await ledger.record(uid(1))).toEqual(before);
    expect(await server.redis.get('esp:ledger:schema')).toBe(NOW);
  });

  it('without a version are migrated by a change that comes before the start has reached them', async () => {
    await writeOld(1);
    await ledger.update(uid(1), { state: 'running' });
    expect(await versionOf(1)).toBe(NOW);
    expect(await ledger.record(uid(1))).toMatchObject({ state: 'running', outcome: 'empty' });
    expect(await all({ state: 'running' })).toEqual([uid(1)]);
  });

  it('have in a field of their own why a superseded result is left, also one that a listing reads', async () => {
    await writeOld(1);
    const superseded = { ...unit('xray', 0.9), outcome: 'superseded' };
    const units = [
      { ...superseded, reasons: ['left over: its patient is not that of the images', 'Modality is DX'] },
      { ...superseded, reasons: ['Modality is DX'] },
    ];
    await server.redis.hset(`esp:ledger:study:${uid(1)}`, { schema: '1', units: JSON.stringify(units) });
    const expected = [
      { reasons: ['Modality is DX'], whyLeft: ['its patient is not that of the images'] },
      { reasons: ['Modality is DX'] },
    ];
    const read = async () => (await ledger.list({ filter: {}, limit: 1 })).studies[0]?.units;
    expect(await read()).toMatchObject(expected);
    await ledger.prepare();
    expect(await read()).toMatchObject(expected);
    expect((await read())![1]).not.toHaveProperty('whyLeft');
    expect(await server.redis.hget(`esp:ledger:study:${uid(1)}`, 'units')).not.toContain('left over');
    expect(await versionOf(1)).toBe(NOW);
  });

  it('of a newer version are read as far as they are known, and keep their version', async () => {
    await ledger.update(uid(1), { state: 'done', outcome: 'empty' });
    await server.redis.hset(`esp:ledger:study:${uid(1)}`, { schema: '99', colour: '"blue"' });
    await ledger.update(uid(1), { state: 'queued' });
    expect(await versionOf(1)).toBe('99');
    expect((await ledger.record(uid(1)))?.state).toBe('queued');
    expect(await server.redis.hget(`esp:ledger:study:${uid(1)}`, 'colour')).toBe('"blue"');
  });
});

describe('a retention', () => {
  const DAY = 24 * 3600 * 1000;
  const OFF = { retentionDays: 0, maxStudies: 0 };
  const kept = async () =>
    (await ledger.list({ filter: {}, limit: 99 })).studies.map((s) => s.studyInstanceUid);

  it('that is not set forgets nothing', async () => {
    await ledger.update(uid(1), { state: 'done', outcome: 'empty' });
    expect(await ledger.prune(OFF, Date.now() + 9999 * DAY)).toBe(0);
    expect(await kept()).toEqual([uid(1)]);
  });

  it('by number keeps those that changed last, and forgets all of the others', async () => {
    for (let n = 1; n <= 450; n += 1) await ledger.update(uid(n), { state: 'done', outcome: 'empty' });
    await ledger.addEvent(uid(1), 'signal');
    expect(await ledger.prune({ ...OFF, maxStudies: 3 })).toBe(447);
    expect(await kept()).toEqual([uid(450), uid(449), uid(448)]);
    expect(await server.redis.keys(`esp:ledger:*:${uid(1)}`)).toEqual([]);
    for (const set of ['studies', 'index:outcome:empty', 'index:state:done', 'index:arrived']) {
      expect(await server.redis.zcard(`esp:ledger:${set}`)).toBe(3);
    }
    expect((await ledger.size()).studies).toBe(3);
  });

  it('by age forgets what has not changed since', async () => {
    await ledger.update(uid(1), { state: 'done', outcome: 'empty' });
    expect(await ledger.prune({ ...OFF, retentionDays: 30 }, Date.now() + 29 * DAY)).toBe(0);
    expect(await ledger.prune({ ...OFF, retentionDays: 30 }, Date.now() + 31 * DAY)).toBe(1);
    expect(await kept()).toEqual([]);
  });

  it('never forgets a study that waits, runs, is in quarantine or is to run again', async () => {
    const states = ['quiet', 'queued', 'running', 'retrying'] as const;
    for (const [n, state] of states.entries()) await ledger.update(uid(n), { state, outcome: 'empty' });
    await ledger.update(uid(4), { state: 'done', outcome: 'failed' });
    await ledger.update(uid(5), { state: 'done', outcome: 'empty' });
    await ledger.requestForce(uid(5));
    await ledger.update(uid(6), { state: 'done', outcome: 'empty' });
    await ledger.update(uid(7), { state: 'cancelled' });
    expect(await ledger.prune({ retentionDays: 1, maxStudies: 1 }, Date.now() + 9 * DAY)).toBe(2);
    expect((await kept()).sort()).toEqual([0, 1, 2, 3, 4, 5].map(uid));
  });

  it('tells the size of what is kept', async () => {
    expect(await ledger.size()).toEqual({ studies: 0, bytes: 0 });
    for (let n = 1; n <= 150; n += 1) await ledger.update(uid(n), { state: 'done', outcome: 'empty' });
    const { studies, bytes } = await ledger.size();
    expect(studies).toBe(150);
    expect(bytes).toBeGreaterThan(150 * 300);
    expect(bytes).toBeLessThan(150 * 5000);
  });
});

describe('a change', () => {
  it('of state or outcome is told to listeners and written to the event stream, in this order of changes', async () => {
    const store = server.open();
    const told: string[] = [];
    store.ledger.onChange(({ record, ended }) => void told.push(`${record.state} ${String(ended)}`));
    await store.ledger.update(uid(1), { state: 'running' });
    await store.ledger.update(uid(1), { tag: 'xray' });
    await store.ledger.update(uid(1), { state: 'done', outcome: 'segmented', units: [unit('xray', 1)] });
    expect(told).toEqual(['running false', 'done true']);
    const { events } = await store.events.after('0-0', 9);
    expect(events.map(({ data }) => data)).toMatchObject([
      { state: 'running', ended: false, channels: [] },
      { state: 'done', ended: true, channels: ['xray'], outcome: 'segmented' },
    ]);
  });

  it('is kept although a listener fails, which is logged by pseudonym', async () => {
    const noted: string[] = [];
    const store = server.open({}, { log: notedIn(noted) });
    store.ledger.onChange(() => Promise.reject(new Error('no')));
    await store.ledger.update(uid(1), { state: 'running' });
    expect((await store.ledger.record(uid(1)))?.state).toBe('running');
    expect(noted).toEqual([`{"study":"${pseudonym(uid(1))}","code":"INTERNAL"}`]);
  });

  it('has the correlation id of the work under way on the timeline', async () => {
    const store = server.open({}, { correlationId: () => 'of the work' });
    await store.ledger.addEvent(uid(1), 'unit', { n: 1 });
    expect((await store.ledger.events(uid(1)))[0]?.detail).toEqual({ correlationId: 'of the work', n: 1 });
  });
});

describe('the ends of runs', () => {
  const run: FinishedRun = {
    outcome: 'segmented',
    results: [{ channel: 'xray', outcome: 'segmented', units: 3 }],
    frames: 7,
    latencySeconds: 4,
    workSeconds: 2.5,
  };

  it('are counted once, however often a worker says so', async () => {
    const now = Date.parse('2024-05-01T12:00:00Z');
    await Promise.all([1, 2, 3].map(() => ledger.runs.add('one', run, now)));
    await ledger.runs.add('two', { ...run, outcome: 'empty', frames: 1 }, now);
    const [day, next] = await ledger.runs.usage(['2024-05-01', '2024-05-02']);
    expect(day).toMatchObject({ studies: 2, frames: 8, seconds: 5, byChannel: { xray: 2 } });
    expect(day?.byOutcome).toMatchObject({ segmented: 1, empty: 1, failed: 0 });
    expect(next).toMatchObject({ studies: 0, frames: 0 });
    expect(await ledger.runs.between(now, now)).toHaveLength(2);
  });

  it('are counted without those that cannot be read', async () => {
    const noted: string[] = [];
    ledger = server.open({}, { log: notedIn(noted) }).ledger;
    const now = Date.parse('2024-05-01T12:00:00Z');
    for (const id of ['one', 'two', 'three']) await ledger.runs.add(id, run, now);
    await server.redis.hset('esp:ledger:run', { two: '{"outcome":', three: '{"outcome":"partial"}' });
    await server.redis.hset('esp:ledger:usage:2024-05-01', 'frames', 'many');
    expect(await ledger.runs.between(now, now)).toEqual([{ at: now, run }]);
    expect((await ledger.runs.usage(['2024-05-01']))[0]).toMatchObject({ studies: 3, frames: 0 });
    await ledger.runs.between(now, now);
    expect(noted.sort()).toEqual(
      ['three', 'two'].map((id) => `{"correlationId":"${id}","code":"LEDGER_UNREADABLE"}`),
    );
  });

  it('are forgotten one by one after some days, but stay in the sums', async () => {
    const day = 24 * 3600 * 1000;
    const start = Date.parse('2024-05-01T12:00:00Z');
    await ledger.runs.add('old', run, start);
    await ledger.runs.add('new', run, start + 9 * day);
    expect(await ledger.runs.between(0, start + 10 * day)).toEqual([{ at: start + 9 * day, run }]);
    expect(await server.redis.hlen('esp:ledger:run')).toBe(1);
    expect((await ledger.runs.usage(['2024-05-01']))[0]).toMatchObject({ studies: 1 });
  });
});
