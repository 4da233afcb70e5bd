import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phantomInstance } from '../../../src/phantom/index.js';
import { eventually, startStack, type Stack } from '../../support/stack.js';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.js';

const [one, two, hidden] = ['one', 'two', 'hidden'].map((salt) =>
  phantomInstance({ kind: 'xray', salt: `restricted-${salt}` }),
);

let stack: Stack;
let gateway: TestGateway;
let student: string;
let teacher: string;
let reader: string;

beforeAll(async () => {
  stack = await startStack();
  for (const { bytes } of [one!, two!, hidden!]) {
    const stored = await fetch(`${stack.orthanc.orthancUrl}/instances`, { method: 'POST', body: bytes });
    expect(stored.status).toBe(200);
    await stored.arrayBuffer();
  }
  const file = join(stack.dir, 'site.yaml');
  const seen = [one!, two!].map(({ studyInstanceUid }) => `study:${studyInstanceUid}`).join(', ');
  writeFileSync(
    file,
    [
      'roles:',
      '  student: dicomweb:read, viewer',
      '  teacher: dicomweb:read',
      '  reader: dicomweb:read',
      'restrictions:',
      `  student: ${seen}`,
      '  teacher: label:teaching',
    ].join('\n'),
  );
  gateway = await startTestGateway({
    ESP_CONFIG: file,
    ESP_REDIS_URL: stack.redisUrl,
    ESP_ARCHIVE_DICOMWEB_URL: stack.orthanc.dicomwebUrl,
    ESP_ARCHIVE_ORTHANC_URL: stack.orthanc.orthancUrl,
  });
  const keyOf = async (role: string) =>
    (await gateway.as('admin', 'post', '/api-keys').send({ name: role, role })).body.secret as string;
  [student, teacher, reader] = [await keyOf('student'), await keyOf('teacher'), await keyOf('reader')];
});
afterAll(async () => {
  await gateway?.close();
  await stack?.close();
});

const get = (path: string, key = student) =>
  request(gateway.base).get(`/dicom-web${path}`).set('Authorization', `Bearer ${key}`);
const studiesIn = (body: Record<string, { Value: string[] }>[]) =>
  [...new Set(body.map((item) => item['0020000D']!.Value[0]))].sort();
const SEEN = [one!.studyInstanceUid, two!.studyInstanceUid].map(String).sort();

describe('a caller who may see some studies only', () => {
  it.each(['/studies', '/series', '/instances', '/studies?limit=2', '/studies?PatientID=*'])(
    'finds those with %s',
    async (path) => {
      const { status, body } = await get(path);
      expect(status).toBe(200);
      expect(studiesIn(body)).toEqual(SEEN);
    },
  );

  it('finds one by its UID, and none of the others', async () => {
    const [wanted] = SEEN;
    for (const name of ['StudyInstanceUID', '0020000D']) {
      expect(studiesIn((await get(`/studies?${name}=${wanted}`)).body)).toEqual([wanted]);
      const other = await get(`/studies?${name}=${hidden!.studyInstanceUid}`);
      expect([other.status, other.body]).toEqual([200, []]);
      const both = await get(`/studies?${name}=${wanted},${hidden!.studyInstanceUid}`);
      expect(studiesIn(both.body)).toEqual([wanted]);
    }
  });

  it.each(['', '/metadata', '/series', '/instances', '/rendered'])(
    'sees what is below those (%s), and is told that the others are not there',
    async (path) => {
      const at = (uid: string) => get(`/studies/${uid}${path}`);
      expect((await at(one!.studyInstanceUid)).status).toBe(200);
      const refused = await at(hidden!.studyInstanceUid);
      expect(refused.status).toBe(404);
      expect(JSON.stringify(refused.body)).not.toContain(hidden!.studyInstanceUid);
    },
  );

  it('cannot ask for frames of others, nor learn from HEAD that they are there', async () => {
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = hidden!;
    const instance = `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
    expect((await get(`${instance}/frames/1`)).status).toBe(404);
    // A study in the path that may be seen opens no instance of another one.
    const mixed = instance.replace(studyInstanceUid, one!.studyInstanceUid);
    expect((await get(`${mixed}/frames/1`)).status).not.toBe(200);
    const head = await request(gateway.base)
      .head(`/dicom-web/studies/${studyInstanceUid}`)
      .set('Authorization', `Bearer ${student}`);
    expect(head.status).toBe(404);
  });

  it('opens the viewer, and nothing of the administration', async () => {
    const at = (path: string) => request(gateway.base).get(path).set('Authorization', `Bearer ${student}`);
    expect((await at('/viewer/app-config.js')).status).toBe(200);
    expect((await at('/admin/v1/studies')).status).toBe(403);
  });

  // Labels came with Orthanc 1.12; scripts/test runs this folder with it as well.
  it.runIf(process.env.ORTHANC === '1.12')('sees by a label what has it now', async () => {
    expect((await get('/studies', teacher)).body).toEqual([]);
    const found = await fetch(`${stack.orthanc.orthancUrl}/tools/lookup`, {
      method: 'POST',
      body: hidden!.studyInstanceUid,
    });
    const [{ ID: id }] = (await found.json()) as [{ ID: string }];
    const label = await fetch(`${stack.orthanc.orthancUrl}/studies/${id}/labels/teaching`, { method: 'PUT' });
    expect(label.status).toBe(200);
    await eventually('the label', async () => (await get('/studies', teacher)).body.length > 0);
    expect(studiesIn((await get('/studies', teacher)).body)).toEqual([String(hidden!.studyInstanceUid)]);
    expect((await get(`/studies/${hidden!.studyInstanceUid}/metadata`, teacher)).status).toBe(200);
    expect((await get(`/studies/${one!.studyInstanceUid}/metadata`, teacher)).status).toBe(404);
  });

  it.runIf(process.env.ORTHANC !== '1.12')(
    'sees nothing by a label that the archive cannot keep',
    async () => {
      const { status, body } = await get('/studies', teacher);
      expect([status, body.title]).toEqual([500, 'CONFIG_INVALID']);
    },
  );

  it('does not narrow what others see', async () => {
    const all = [...SEEN, String(hidden!.studyInstanceUid)].sort();
    expect(studiesIn((await get('/studies', reader)).body)).toEqual(all);
  });
});
