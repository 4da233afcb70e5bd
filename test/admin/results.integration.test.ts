import { Redis } from 'ioredis';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Uid } from '../../src/core/index.js';
import { gatewayClient } from '../../src/demo/gateway-client.js';
import { readSeg } from '../../src/demo/read-seg.js';
import { phantomInstance, type PhantomInstance } from '../../src/phantom/index.js';
import { phantomSlide } from '../../src/phantom/phantom-slide.js';
import { writeBrightModel } from '../support/bright-model.js';
import { eventually, finished, startStack, type Stack } from '../support/stack.js';
import { startTestGateway, TOKENS, type TestGateway } from '../support/test-gateway.js';

const LINE = [0, 229, 255];
const RIM = [8, 16, 24];

let stack: Stack;
let gateway: TestGateway;

const cine = phantomInstance({ kind: 'ultrasound-cine', salt: 'results', patientName: 'Doe^Results' });
const stackOf = [1, 2, 3].map((instanceNumber) =>
  phantomInstance({
    kind: 'dermoscopy',
    salt: 'results',
    study: 'stack',
    seed: instanceNumber,
    instanceNumber,
    width: 201,
    height: 135,
  }),
);
const slide = phantomSlide({ salt: 'results' });
const video = phantomInstance({ kind: 'video-endoscopy', salt: 'results' });

beforeAll(async () => {
  stack = await startStack();
  const environment = {
    ESP_REDIS_URL: stack.redisUrl,
    ESP_ARCHIVE_DICOMWEB_URL: stack.orthanc.dicomwebUrl,
    ESP_ARCHIVE_ORTHANC_URL: stack.orthanc.orthancUrl,
    ESP_INTAKE_QUIET_SECONDS: '0.5',
  };
  gateway = await startTestGateway(environment);
  await stack.start('worker', { ESP_MODEL_MANIFEST: writeBrightModel() });
  const all = [cine, ...stackOf, ...slide, video];
  // No run may come between two images of a study.
  await gateway.as('operator', 'post', '/queue/pause').expect(200);
  for (const phantom of all) await client().store(phantom.bytes);
  await gateway.as('operator', 'post', '/queue/resume').expect(200);
  for (const study of new Set(all.map((phantom) => phantom.studyInstanceUid))) await done(study);
});
afterAll(async () => {
  await gateway?.close();
  await stack?.close();
});

const client = () => gatewayClient(gateway.base, TOKENS.operator);
const view = async (study: Uid) => (await gateway.as('viewer', 'get', `/studies/${study}`)).body;
const done = (study: Uid, since?: string) => finished(client(), study, since);
const uidOf = (phantom: PhantomInstance) => phantom.studyInstanceUid;

/** A preview, read by pngjs. */
async function preview(study: Uid, query: string) {
  const response = await gateway
    .as('viewer', 'get', `/studies/${study}/preview?${query}`)
    .buffer(true)
    .parse((res, end) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => end(null, Buffer.concat(chunks)));
    });
  const type = String(response.headers['content-type']);
  const picture = type === 'image/png' ? PNG.sync.read(response.body as Buffer) : undefined;
  return {
    status: response.status,
    headers: response.headers,
    picture: picture!,
    text: String(response.body),
  };
}

const at = ({ data }: PNG, index: number) => [...data.subarray(4 * index, 4 * index + 3)];

/** The stored masks of a unit, read by the demo's reader. */
async function storedMasks(study: Uid, unit: { segSeriesUid: string; segInstanceUid: string }) {
  const path = { study, series: unit.segSeriesUid, instance: unit.segInstanceUid };
  return readSeg((await client().metadata(path))!, await client().file(path));
}

describe('a study’s timeline', () => {
  it('tells the whole way: signal, queue, try, every unit with evidence and SEG, end', async () => {
    const body = await view(uidOf(cine));
    const names = body.events.map(({ event }: { event: string }) => event);
    const way = ['signal', 'queued', 'started', 'unit', 'done'];
    expect(
      names.filter((name: string, index: number) => way.includes(name) && names.indexOf(name) === index),
    ).toEqual(way);
    const of = (name: string) => body.events.find(({ event }: { event: string }) => event === name).detail;
    expect(of('unit')).toMatchObject({
      outcome: 'segmented',
      channel: 'ultrasound',
      sourceSeriesUid: cine.seriesInstanceUid,
      segInstanceUid: body.units[0].segInstanceUid,
      frames: { total: cine.rasters.length },
    });
    expect(of('unit').reasons.length).toBeGreaterThan(0);
    expect(of('started')).toMatchObject({ attempt: 1, correlationId: of('queued').correlationId });
    expect(body.channels).toEqual(['ultrasound']);
    expect(body.frames).toBe(cine.rasters.length);
    expect(JSON.stringify(body)).not.toContain('Doe');
  });

  it('is part of the statistics', async () => {
    const { body } = await gateway.as('viewer', 'get', '/stats?hours=1');
    expect(body.latency.n).toBe(4);
    expect(body.outcomes).toContainEqual({ channel: 'ultrasound', outcome: 'segmented', n: 1 });
    const usage = (await gateway.as('viewer', 'get', '/usage')).body.items.at(-1);
    expect(usage).toMatchObject({ byChannel: { ultrasound: 1, dermoscopy: 1 } });
    expect(usage.frames).toBeGreaterThanOrEqual(cine.rasters.length + stackOf.length);
  });
});

describe('the preview', () => {
  it('draws the outline of the stored mask of that very frame', async () => {
    const study = uidOf(cine);
    const [unit] = (await view(study)).units;
    const { masks, rows, columns } = await storedMasks(study, unit);
    const frames = [1, 4, cine.rasters.length];
    for (const frame of frames) {
      const { picture, headers } = await preview(study, `frame=${frame}&width=1024`);
      expect(headers['cache-control']).toContain('no-store');
      const plain = (await preview(study, `frame=${frame}&width=1024&overlay=none`)).picture;
      expect([picture.width, picture.height]).toEqual([columns, rows]);
      const mask = masks.get(`${cine.sopInstanceUid}.f${frame}`)!;
      let line = 0;
      for (let index = 0; index < rows * columns; index += 1) {
        const [x, y] = [index % columns, Math.floor(index / columns)];
        const near = (reach: number, value: number) => {
          for (let row = Math.max(0, y - reach); row <= Math.min(rows - 1, y + reach); row += 1) {
            for (
              let column = Math.max(0, x - reach);
              column <= Math.min(columns - 1, x + reach);
              column += 1
            ) {
              if (mask[row * columns + column] === value) return true;
            }
          }
          return false;
        };
        const expected =
          mask[index] === 1 ? (near(2, 0) ? LINE : at(plain, index)) : near(1, 1) ? RIM : at(plain, index);
        if (expected === LINE) line += 1;
        if (at(picture, index).join() !== expected.join()) {
          expect({ frame, x, y, pixel: at(picture, index) }).toEqual({ frame, x, y, pixel: expected });
        }
      }
      expect(line).toBeGreaterThan(100);
    }
  });

  it('of a stack shows its instances one after another', async () => {
    const study = uidOf(stackOf[0]!);
    const pictures = [];
    for (const [index, phantom] of stackOf.entries()) {
      const { picture } = await preview(study, `frame=${index + 1}&overlay=none`);
      // Never enlarged.
      expect([picture.width, picture.height]).toEqual([201, 135]);
      const raster = phantom.rasters[0]!;
      let difference = 0;
      for (let pixel = 0; pixel < 201 * 135; pixel += 1)
        difference += Math.abs(at(picture, pixel)[0]! - raster.data[3 * pixel]!);
      expect(difference / (201 * 135)).toBeLessThan(2);
      pictures.push(picture.data);
    }
    expect(pictures[0]!.equals(pictures[1]!)).toBe(false);
    const outlined = (await preview(study, 'frame=2')).picture;
    expect(outlined.data.equals(pictures[1]!)).toBe(false);
  });

  it('has the width asked for, in proportion', async () => {
    const { picture } = await preview(uidOf(cine), 'width=100');
    expect([picture.width, picture.height]).toEqual([100, 75]);
    const cyan = Array.from({ length: 7500 }, (_, index) => at(picture, index)).filter(
      (one) => one.join() === LINE.join(),
    );
    expect(cyan.length).toBeGreaterThan(20);
  });

  it.each([
    ['no such unit', () => uidOf(cine), 'unit=7'],
    ['no such frame', () => uidOf(cine), 'frame=99'],
    ['no such frame of a stack', () => uidOf(stackOf[0]!), 'frame=4'],
    ['a whole slide', () => uidOf(slide[0]!), ''],
    ['a video', () => uidOf(video), ''],
  ])('says why there is none: %s', async (_, study, query) => {
    const { status, headers, text } = await preview(study(), query);
    expect(status).toBe(404);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(text)).toMatchObject({
      title: 'NO_PREVIEW',
      advice: expect.stringContaining('viewer'),
    });
  });

  it.each(['width=31', 'width=5000', 'frame=0', 'unit=-1', 'overlay=fill', 'path=x'])(
    'refuses ?%s',
    async (query) => {
      expect((await preview(uidOf(cine), query)).status).toBe(400);
    },
  );
});

describe('running again', () => {
  it('a study that only the archive knows', async () => {
    const other = phantomInstance({ kind: 'xray', salt: 'unseen' });
    const response = await fetch(`${stack.orthanc.orthancUrl}/instances`, {
      method: 'POST',
      body: Buffer.from(other.bytes),
    });
    expect(response.status).toBe(200);
    expect((await gateway.as('viewer', 'get', `/studies/${uidOf(other)}`)).status).toBe(404);
    await gateway.as('operator', 'post', `/studies/${uidOf(other)}/reprocess`).expect(202);
    expect((await done(uidOf(other))).units).toHaveLength(1);
    expect((await gateway.as('operator', 'post', '/studies/1.9.9/reprocess')).body).toMatchObject({
      title: 'NOT_FOUND',
    });
  });

  it('a study as asked: same SEG, not counted as latency, and no longer waiting', async () => {
    const before = (await gateway.as('viewer', 'get', '/stats?hours=1')).body.latency.n;
    const since = new Date().toISOString();
    const { body } = await gateway
      .as('operator', 'post', `/studies/${uidOf(cine)}/reprocess`)
      .send({ priority: 'urgent' });
    const study = await done(uidOf(cine), since);
    expect(study.events.findLast(({ event }) => event === 'done')).toMatchObject({ detail: { stored: 0 } });
    expect(study.events.findLast(({ event }) => event === 'started')?.detail).toMatchObject({
      correlationId: body.correlationId,
    });
    expect((await gateway.as('viewer', 'get', '/stats?hours=1')).body.latency.n).toBe(before);
    await eventually('the queue to be rid of it', async () => (await view(uidOf(cine))).job === undefined);
  });

  it('a study whose record could not be read: the run writes it anew, with the same SEG', async () => {
    const study = uidOf(stackOf[0]!);
    const [unit] = (await view(study)).units;
    const redis = new Redis(stack.redisUrl);
    await redis.hset(`esp:ledger:study:${study}`, { units: '[{', firstSeen: '7', state: '"archived"' });
    redis.disconnect();
    expect((await view(study)).title).toBe('LEDGER_UNREADABLE');
    const since = new Date().toISOString();
    await gateway.as('operator', 'post', `/studies/${study}/reprocess`).expect(202);
    const after = await done(study, since);
    expect(after.outcome).toBe('segmented');
    expect(after.units.map(({ segInstanceUid }) => segInstanceUid)).toEqual([unit.segInstanceUid]);
  });

  it('what lies in the archive by study date', async () => {
    const all = { archive: { from: '1990-01-01', to: '2100-01-01' } };
    const whole = await gateway.as('operator', 'post', '/backfills').send({ query: all, dryRun: true });
    expect(whole.body.matched).toBe(5);
    const none = { archive: { from: '1890-01-01', to: '1890-12-31' } };
    const nothing = await gateway.as('operator', 'post', '/backfills').send({ query: none, dryRun: true });
    expect(nothing.body).toEqual({ matched: 0, sample: [] });
    const since = new Date().toISOString();
    const body = { query: all, perMinute: 6000, priority: 'urgent' };
    const started = await gateway.as('operator', 'post', '/backfills').send(body);
    expect(started.status).toBe(202);
    await done(uidOf(cine), since);
    await done(uidOf(video), since);
  });
});

describe('a study that fails', () => {
  it('comes into quarantine, and out of it once the reason is gone', async () => {
    const broken = phantomInstance({ kind: 'dermoscopy', salt: 'gone' });
    // A study that the archive does not have: STUDY_EMPTY, tried again and again, then failed.
    await gateway.close();
    gateway = await startTestGateway({
      ESP_REDIS_URL: stack.redisUrl,
      ESP_ARCHIVE_DICOMWEB_URL: stack.orthanc.dicomwebUrl,
      ESP_WORKER_ATTEMPTS: '1',
    });
    await gateway
      .as('operator', 'post', '/backfills')
      .send({ query: { studies: [uidOf(broken)] }, priority: 'urgent' })
      .expect(202);
    const item = await eventually(
      'the quarantine',
      async () => (await gateway.as('viewer', 'get', '/quarantine')).body.items[0],
    );
    expect(item).toMatchObject({ studyInstanceUid: uidOf(broken), tries: 1, error: { code: 'STUDY_EMPTY' } });
    expect((await view(uidOf(broken))).quarantined).toBe(true);
    await fetch(`${stack.orthanc.orthancUrl}/instances`, { method: 'POST', body: Buffer.from(broken.bytes) });
    const since = new Date().toISOString();
    await gateway.as('operator', 'post', '/quarantine/replay').expect(202);
    expect(await done(uidOf(broken), since)).toMatchObject({ outcome: 'segmented' });
    expect((await gateway.as('viewer', 'get', '/quarantine')).body).toMatchObject({ total: 0, items: [] });
  });
});
