import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAccess } from '../../src/access/index.js';
import { createAdmin } from '../../src/admin/index.js';
import { loadSettings, type Settings } from '../../src/config/index.js';
import { createGateway } from '../../src/dicomweb/index.js';
import { type Archive, openArchive } from '../../src/archive/index.js';
import { openQuietPeriod } from '../../src/intake/index.js';
import { joinDicomParts } from '../../src/dicom/index.js';
import type { Ledger, StudyQueue } from '../../src/store/index.js';
import { openStore } from '../../src/store/open-store.js';
import { connectRedis } from '../../src/store/redis/connect.js';
import { openRedisServer } from '../../src/store/redis/server.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { eventually, PROJECT_ROOT, startStack, type Stack } from '../support/stack.js';

const TOKEN = 'test-token';
const AUTHORIZATION = { authorization: `Bearer ${TOKEN}` };
const phantom = phantomInstance({ kind: 'dermoscopy', salt: 'gateway' });
const path = `/dicom-web/studies/${phantom.studyInstanceUid}/series/${phantom.seriesInstanceUid}/instances/${phantom.sopInstanceUid}`;

let stack: Stack;
let redis: Redis;
let archive: Archive;
let queue: StudyQueue;
let ledger: Ledger;
let app: Express;

/** The gateway's app on real connections, without intake timers: nothing happens but what a request causes. */
function gatewayOn(archiveUrl: string): Express {
  const settings: Settings = loadSettings(PROJECT_ROOT, {
    ESP_REDIS_URL: stack.redisUrl,
    ESP_ARCHIVE_DICOMWEB_URL: archiveUrl,
    ESP_ADMIN_TOKEN: TOKEN,
    ESP_HOOK_TOKEN: TOKEN,
  });
  archive = openArchive(settings.archive);
  const log = pino({ level: 'silent' });
  const store = openStore(redis, settings);
  ({ ledger, queue } = store);
  const quiet = openQuietPeriod({ store, settings, log });
  const access = openAccess({ settings, store });
  const admin = createAdmin({ settings, access, store, archive, log, version: '0.0.0' });
  return createGateway({ settings, archive, store, quiet, admin, access, log });
}

const stow = (body: Buffer) =>
  request(app)
    .post('/dicom-web/studies')
    .set('Authorization', `Bearer ${TOKEN}`)
    .set('Accept', 'application/dicom+json')
    .set('Content-Type', 'multipart/related; type="application/dicom"; boundary=b')
    .send(body);

beforeAll(async () => {
  stack = await startStack();
  redis = connectRedis({ url: stack.redisUrl }, 'failFast');
  await openRedisServer(redis).ready(5000);
  app = gatewayOn(stack.orthanc.dicomwebUrl);
});
afterAll(async () => {
  redis?.disconnect();
  await stack?.close();
});

describe('the DICOMweb pass-through', () => {
  it('stores through STOW-RS, and a signal of the study is kept', async () => {
    const response = await stow(joinDicomParts([phantom.bytes], 'b'));
    expect(response.status).toBe(200);
    const lines = await eventually('the signal', async () => {
      const events = await ledger.events(phantom.studyInstanceUid);
      return events.length > 0 && events;
    });
    expect(lines.map(({ detail }) => detail)).toEqual([
      { source: 'stow', correlationId: expect.any(String) },
    ]);
    expect(await ledger.record(phantom.studyInstanceUid)).toBeDefined();
  });

  it('answers QIDO-RS and WADO-RS with URLs that point at the gateway itself', async () => {
    const studies = await request(app)
      .get('/dicom-web/studies')
      .set('Authorization', `Bearer ${TOKEN}`)
      .set('Host', 'pacs.example:8443');
    expect(studies.body[0]['00081190'].Value[0]).toBe(
      `http://pacs.example:8443/dicom-web/studies/${phantom.studyInstanceUid}`,
    );
    const metadata = await request(app).get(`${path}/metadata`).set('Authorization', `Bearer ${TOKEN}`);
    expect(metadata.body[0]['00080018'].Value).toEqual([phantom.sopInstanceUid]);
  });

  it('returns frames byte by byte', async () => {
    const frame = await request(app)
      .get(`${path}/frames/1`)
      .set('Authorization', `Bearer ${TOKEN}`)
      .set('Accept', 'multipart/related; type="application/octet-stream"')
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      });
    const body = frame.body as Buffer;
    const pixels = body.subarray(body.indexOf('\r\n\r\n') + 4);
    expect(pixels.subarray(0, phantom.rasters[0]!.data.length).equals(phantom.rasters[0]!.data)).toBe(true);
  });

  it('renders', async () => {
    const rendered = await request(app)
      .get(`${path}/rendered`)
      .set('Authorization', `Bearer ${TOKEN}`)
      .set('Accept', 'image/png');
    expect(rendered.status).toBe(200);
    expect(rendered.headers['content-type']).toContain('image/png');
  });

  it.each([
    '/dicom-web/../system',
    '/dicom-web/..%2f..%2fsystem',
    '/dicom-web/%2e%2e/system',
    '/dicom-web/studies/%2e%2e/%2e%2e/%2e%2e/system',
    '/dicom-web//127.0.0.1:1/x',
  ])('does not let %s reach anything but the DICOMweb root', async (escape) => {
    // Sent raw: a client library would resolve the dots itself.
    const server = app.listen(0);
    const { port } = server.address() as AddressInfo;
    const raw = httpRequest({ port, path: escape, method: 'GET', headers: AUTHORIZATION }).end();
    const [response] = await once(raw, 'response');
    let text = '';
    for await (const chunk of response) text += chunk;
    server.close();
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(text).not.toContain('DicomAet');
  });

  it('offers no way to delete', async () => {
    const response = await request(app)
      .delete(`/dicom-web/studies/${phantom.studyInstanceUid}`)
      .set('Authorization', `Bearer ${TOKEN}`);
    expect(response.status).toBe(405);
    expect(response.headers.allow).toBe('GET, HEAD, POST');
  });

  it('says that the archive is away, not less and not more', async () => {
    const response = await request(gatewayOn('http://127.0.0.1:9/dicom-web'))
      .get('/dicom-web/studies?PatientName=Doe')
      .set('Authorization', `Bearer ${TOKEN}`);
    expect(response.status).toBe(502);
    expect(response.body).toMatchObject({ title: 'ARCHIVE_UNREACHABLE' });
    expect(JSON.stringify(response.body)).not.toContain('Doe');
  });
});

describe('backpressure', () => {
  let slow: Server;
  let received = 0;

  beforeAll(async () => {
    // An archive that takes the first bytes of an upload and then stops reading.
    slow = createServer((req) => {
      req.once('data', (chunk: Buffer) => {
        received += chunk.length;
        req.pause();
      });
    });
    slow.listen(0, '127.0.0.1');
    await once(slow, 'listening');
  });
  afterAll(() => {
    slow.closeAllConnections();
    slow.close();
  });

  it('a STOW of 256 MB to an archive that does not read is held back at its sender', async () => {
    const server = gatewayOn(`http://127.0.0.1:${(slow.address() as AddressInfo).port}/dicom-web`).listen(0);
    const { port } = server.address() as AddressInfo;
    const upload = httpRequest({
      port,
      path: '/dicom-web/studies',
      method: 'POST',
      headers: {
        ...AUTHORIZATION,
        'content-type': 'multipart/related; type="application/dicom"; boundary=b',
      },
    });
    upload.on('error', () => undefined);
    upload.write('--b\r\nContent-Type: application/dicom\r\n\r\n');
    const chunk = Buffer.alloc(1024 * 1024);
    let accepted = 0;
    const deadline = Date.now() + 3000;
    while (accepted < 256 && Date.now() < deadline) {
      const free = upload.write(chunk);
      accepted += 1;
      if (!free) {
        await Promise.race([
          once(upload, 'drain'),
          new Promise((resolve) => setTimeout(resolve, deadline - Date.now())),
        ]);
      }
    }
    upload.destroy();
    server.closeAllConnections();
    server.close();
    expect(received).toBeGreaterThan(0);
    // Socket buffers of two connections, not the study.
    expect(accepted).toBeLessThan(48);
  });
});

describe('POST /hooks/stable-study', () => {
  const hook = () => request(app).post('/hooks/stable-study');

  it('needs the token', async () => {
    const response = await hook().send({ studyInstanceUid: '1.2.3' });
    expect(response.status).toBe(401);
    expect(response.headers['www-authenticate']).toContain('Bearer');
  });

  it('keeps the signal before it answers', async () => {
    const { bytes, studyInstanceUid } = phantomInstance({
      kind: 'secondary-capture',
      width: 16,
      height: 16,
      salt: 'hook',
    });
    await request(stack.orthanc.orthancUrl).post('/instances').send(Buffer.from(bytes)).expect(200);
    const response = await hook().set('Authorization', `Bearer ${TOKEN}`).send({ studyInstanceUid });
    expect(response.status).toBe(202);
    expect(await redis.zscore('esp:intake:quiet', studyInstanceUid)).not.toBeNull();
  });

  it('keeps nothing of studies that the archive does not have', async () => {
    const before = (await redis.keys('*')).sort();
    for (let count = 0; count < 100; count += 1) {
      const answer = await hook()
        .set('Authorization', `Bearer ${TOKEN}`)
        .send({ studyInstanceUid: `1.2.3.4.${count}` });
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ title: 'NOT_FOUND' });
    }
    expect((await redis.keys('*')).sort()).toEqual(before);
  });

  it.each([{ studyInstanceUid: '../../system' }, { studyInstanceUid: 7 }, {}, []])(
    'refuses %j with a problem that says what is wrong',
    async (body) => {
      const response = await hook().set('Authorization', `Bearer ${TOKEN}`).send(body);
      expect(response.status).toBe(400);
      expect(response.headers['content-type']).toContain('application/problem+json');
      expect(response.body).toMatchObject({ title: 'INVALID_REQUEST' });
    },
  );

  it('refuses what is not JSON without quoting it', async () => {
    const response = await hook()
      .set('Authorization', `Bearer ${TOKEN}`)
      .set('Content-Type', 'application/json')
      .send('{"PatientName": "Doe^');
    expect(response.status).toBe(400);
    expect(JSON.stringify(response.body)).not.toContain('Doe');
  });
});

describe('the admin endpoints', () => {
  const get = (url: string) => request(app).get(url).set('Authorization', `Bearer ${TOKEN}`);

  it('need the token', async () => {
    expect((await request(app).get('/admin/v1/studies')).status).toBe(401);
    expect((await request(app).get('/admin/v1/studies').set('Authorization', 'Bearer wrong')).status).toBe(
      401,
    );
  });

  it('list studies newest first, filtered by outcome', async () => {
    await ledger.update(phantom.studyInstanceUid, { outcome: 'empty', state: 'done' });
    const all = await get('/admin/v1/studies?limit=1');
    expect(all.body.total).toBe(2);
    expect(all.body.items).toHaveLength(1);
    expect(all.body.items[0].studyInstanceUid).toBe(phantom.studyInstanceUid);
    const empty = await get('/admin/v1/studies?outcome=empty');
    expect(empty.body).toMatchObject({ total: 1 });
    expect((await get('/admin/v1/studies?outcome=failed')).body).toMatchObject({ total: 0, items: [] });
  });

  it('show one study with its timeline', async () => {
    const response = await get(`/admin/v1/studies/${phantom.studyInstanceUid}`);
    expect(response.body).toMatchObject({ outcome: 'empty', events: [{ event: 'signal' }] });
  });

  it('refuse a path that is no UID and do not know every UID', async () => {
    expect((await get('/admin/v1/studies/..%2fx')).body).toMatchObject({ title: 'INVALID_UID' });
    expect((await get('/admin/v1/studies/1.9.9')).body).toMatchObject({ title: 'NOT_FOUND' });
    expect((await get('/admin/v1/studies?limit=0')).body).toMatchObject({ title: 'INVALID_REQUEST' });
    expect((await get('/admin/v1/nothing')).body).toMatchObject({ title: 'NOT_FOUND' });
  });

  it('queue a study again on request', async () => {
    app = gatewayOn(stack.orthanc.dicomwebUrl);
    const before = await queue.counts();
    const url = `/admin/v1/studies/${phantom.studyInstanceUid}/reprocess`;
    const response = await request(app).post(url).set('Authorization', `Bearer ${TOKEN}`);
    expect(response.status).toBe(202);
    expect(await queue.counts()).toMatchObject({ waiting: before.waiting! + 1 });
    expect(await ledger.forceRequest(phantom.studyInstanceUid)).toBeDefined();
    const unknown = await request(app)
      .post('/admin/v1/studies/1.9.9/reprocess')
      .set('Authorization', `Bearer ${TOKEN}`);
    expect(unknown.status).toBe(404);
  });
});

describe('health', () => {
  it('/readyz names what is missing; /healthz answers all the same', async () => {
    expect((await request(gatewayOn(stack.orthanc.dicomwebUrl)).get('/readyz')).status).toBe(200);
    const away = gatewayOn('http://127.0.0.1:9/dicom-web');
    const response = await request(away).get('/readyz');
    expect(response.status).toBe(503);
    expect(response.body.checks).toMatchObject({
      redis: { status: 'ok' },
      archive: { code: 'ARCHIVE_UNREACHABLE' },
    });
    expect((await request(away).get('/healthz')).status).toBe(200);
  });
});

describe('without Redis', () => {
  it('what needs it answers 503 at once and says what to do; the archive is still shown', async () => {
    const away = gatewayOn(stack.orthanc.dicomwebUrl);
    await stack.stopRedis();
    await eventually('the loss to be noticed', async () => redis.status !== 'ready');
    const hook = await request(away)
      .post('/hooks/stable-study')
      .set('Authorization', `Bearer ${TOKEN}`)
      .send({ studyInstanceUid: '1.2.3' });
    expect(hook.status).toBe(503);
    expect(hook.body).toMatchObject({ title: 'QUEUE_UNAVAILABLE' });
    expect(hook.body.advice).toContain('redis.url');
    const list = await request(away).get('/admin/v1/studies').set('Authorization', `Bearer ${TOKEN}`);
    expect(list.status).toBe(503);
    expect(
      (await request(away).get('/dicom-web/studies').set('Authorization', `Bearer ${TOKEN}`)).status,
    ).toBe(200);
  });
});
