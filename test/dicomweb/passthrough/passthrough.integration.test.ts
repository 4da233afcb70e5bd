import { request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import request from 'supertest';
import { joinDicomParts } from '../../../src/dicom/index.js';
import { freePort } from '../../../src/demo/free-port.js';
import { startLocalOrthanc } from '../../../src/demo/local-orthanc.js';
import type { LocalProcess } from '../../../src/demo/local-process.js';
import { phantomInstance } from '../../../src/phantom/index.js';
import { recordRequests } from '../../support/recording-servers.js';
import { startTestGateway, TOKENS, type TestGateway } from '../../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../../support/test-redis.js';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const phantom = phantomInstance({ kind: 'dermoscopy', salt: 'passthrough' });
const MULTIPART = 'multipart/related; type="application/dicom"; boundary=b';
const as = (role: keyof typeof TOKENS) => ({ authorization: `Bearer ${TOKENS[role]}` });

let server: TestRedis;
let orthanc: LocalProcess & { orthancUrl: string };
let archive: Awaited<ReturnType<typeof recordRequests>>;
let gateway: TestGateway;

beforeAll(async () => {
  server = await startTestRedis();
  const dir = mkdtempSync(join(tmpdir(), 'esp-pass-'));
  // An entry such as an administrator makes for sending to another archive.
  orthanc = await startLocalOrthanc(dir, await freePort(), {
    DicomWeb: {
      Enable: true,
      Root: '/dicom-web/',
      Servers: { other: ['http://127.0.0.1:9/dicom-web', 'name', 'secret'] },
    },
  });
  archive = await recordRequests(orthanc.orthancUrl);
  gateway = await startTestGateway({
    ESP_REDIS_URL: server.url,
    ESP_ARCHIVE_DICOMWEB_URL: `${archive.base}/dicom-web`,
    ESP_DICOMWEB_MAX_UPLOAD_MEGABYTES: '2',
    ESP_DICOMWEB_IDLE_SECONDS: '3',
  });
});
afterAll(async () => {
  await gateway?.close();
  await archive?.close();
  await orthanc?.stop();
  await server?.close();
});
beforeEach(() => void archive.requests.splice(0));

/** Sent as it is: a client library would tidy the path up. */
async function raw(method: string, path: string, headers: Record<string, string> = {}, body?: Buffer) {
  const sent = httpRequest(`${gateway.base}`, { method, path, headers: { ...as('admin'), ...headers } });
  sent.end(body);
  const [response] = await once(sent, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode as number, headers: response.headers as Record<string, string>, text };
}

const stow = (body: Buffer, headers: Record<string, string> = {}) =>
  raw(
    'POST',
    '/dicom-web/studies',
    { 'content-type': MULTIPART, accept: 'application/dicom+json', ...headers },
    body,
  );

describe("the archive's own services below the same root", () => {
  it.each([
    ['GET', '/dicom-web/servers'],
    ['GET', '/dicom-web/servers/other?_method=DELETE'],
    ['GET', '/dicom-web/studies/../servers/other?_method=DELETE'],
    ['POST', '/dicom-web/servers/other/stow'],
    ['GET', '/dicom-web/info'],
    ['DELETE', '/dicom-web/servers/other'],
  ])('%s %s does not reach it', async (method, path) => {
    const { status } = await raw(method, path, { 'x-http-method-override': 'DELETE' });
    expect(status).toBe(404);
    expect(archive.requests).toEqual([]);
    const listed = await fetch(`${orthanc.orthancUrl}/dicom-web/servers`);
    expect(await listed.json()).toEqual(['other']);
  });
});

describe('methods', () => {
  it.each([
    ['DELETE', '/studies/1.2', 'GET, HEAD, POST'],
    ['PUT', '/studies', 'GET, HEAD, POST'],
    ['PATCH', '/studies/1.2/metadata', 'GET, HEAD'],
    ['OPTIONS', '/studies', 'GET, HEAD, POST'],
    ['POST', '/studies/1.2/series/1.3', 'GET, HEAD'],
    ['POST', '/instances', 'GET, HEAD'],
  ])('%s %s is answered 405 with what is allowed', async (method, path, allow) => {
    const answer = await raw(method, `/dicom-web${path}`);
    expect(answer).toMatchObject({ status: 405, headers: { allow } });
    expect(archive.requests).toEqual([]);
  });

  it('are not overridden: neither parameter nor header is passed on', async () => {
    const stored = await stow(joinDicomParts([phantom.bytes], 'b'));
    expect(stored.status).toBe(200);
    const path = `/dicom-web/studies/${phantom.studyInstanceUid}`;
    for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      await raw('GET', `${path}/metadata?_method=DELETE&%5fmethod=DELETE`, { [header]: 'DELETE' });
    }
    for (const { url, headers, method } of archive.requests.slice(1)) {
      expect({ url, method }).toEqual({ url: `${path}/metadata`, method: 'GET' });
      expect(Object.keys(headers).filter((name) => name.includes('method'))).toEqual([]);
    }
    expect((await raw('GET', `${path}/metadata`)).status).toBe(200);
  });
});

describe('what passes', () => {
  it('a search with its parameters, and none of the caller’s credentials', async () => {
    const path = '/dicom-web/studies?PatientID=x&limit=5&includefield=00081030';
    const answer = await raw('GET', `${path}&token=secret`, {
      cookie: 'a=b',
      'x-forwarded-for': '192.0.2.1',
    });
    expect(answer.status).toBe(200);
    expect(archive.requests).toHaveLength(1);
    const { url, headers } = archive.requests[0]!;
    expect(url).toBe(path);
    for (const name of ['authorization', 'cookie', 'x-forwarded-for'])
      expect(headers).not.toHaveProperty(name);
  });

  it.each(['/dicom-web/studies', '/dicom-web/servers', '/dicom-web/studies/1.2.3.4'])(
    'the answer at %s is kept by nobody and run by nobody',
    async (path) => {
      expect((await raw('GET', path)).headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("script-src 'none'"),
      });
    },
  );
});

describe('an upload that would store nothing is an error', () => {
  const files = [phantom.bytes];
  it.each([
    ['another boundary', joinDicomParts(files, 'other')],
    ['no closing delimiter', joinDicomParts(files, 'b').subarray(0, -5)],
    ['no part', Buffer.from('--b--\r\n')],
    ['half a file', joinDicomParts(files, 'b').subarray(0, 4000)],
    ['nothing', Buffer.alloc(0)],
  ])('%s', async (_what, body) => {
    const answer = await stow(body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ title: 'STOW_INVALID' });
  });

  it.each(['application/dicom+json', 'application/dicom+xml'])(
    'a part that is no DICOM is never reported as stored (%s)',
    async (accept) => {
      const answer = await stow(joinDicomParts([Buffer.from('no DICOM')], 'b'), { accept });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    },
  );

  it.each(['application/dicom+json', 'application/dicom+xml'])(
    'a real one is stored (%s)',
    async (accept) => {
      expect((await stow(joinDicomParts(files, 'b'), { accept })).status).toBe(200);
    },
  );

  it('another type of body, and a compressed one', async () => {
    const body = joinDicomParts(files, 'b');
    expect((await stow(body, { 'content-type': 'application/dicom' })).status).toBe(415);
    expect((await stow(body, { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('one that is too large is refused by its announced length, and by its real one', async () => {
    const large = joinDicomParts([Buffer.alloc(3 * 1024 * 1024)], 'b');
    const announced = await request(gateway.base)
      .post('/dicom-web/studies')
      .set(as('admin'))
      .set('content-type', MULTIPART)
      .send(large);
    expect(announced.status).toBe(413);
    const sent = httpRequest(`${gateway.base}/dicom-web/studies`, {
      method: 'POST',
      headers: { ...as('admin'), 'content-type': MULTIPART, 'transfer-encoding': 'chunked' },
    });
    sent.on('error', () => undefined);
    sent.end(large);
    const [response] = await once(sent, 'response');
    expect(response.statusCode).toBe(413);
    response.resume();
  });
});
