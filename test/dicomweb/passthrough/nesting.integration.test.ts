import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../src/demo/free-port.js';
import { startLocalOrthanc } from '../../../src/demo/local-orthanc.js';
import type { LocalProcess } from '../../../src/demo/local-process.js';
import { joinDicomParts } from '../../../src/dicom/index.js';
import { nestedObject, nestedUids, type NestedForm } from '../../support/nested-object.js';
import { startTestGateway, TOKENS, type TestGateway } from '../../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../../support/test-redis.js';

const BOUNDARY = 'boundary-of-the-nesting-test';
let dir: string;
let server: TestRedis;
let orthanc: LocalProcess & { orthancUrl: string; dicomwebUrl: string };
let gateway: TestGateway;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'esp-nesting-'));
  server = await startTestRedis();
  orthanc = await startLocalOrthanc(dir, await freePort(), {});
  gateway = await startTestGateway({
    ESP_REDIS_URL: server.url,
    ESP_ARCHIVE_DICOMWEB_URL: orthanc.dicomwebUrl,
  });
});
afterAll(async () => {
  await gateway?.close();
  await orthanc?.stop();
  await server?.close();
  rmSync(dir, { recursive: true, force: true });
});

async function stow(body: Buffer) {
  const answer = await fetch(`${gateway.base}/dicom-web/studies`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${TOKENS.admin}`,
      accept: 'application/dicom+json',
      'content-type': `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
    },
    body,
  });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Record<string, unknown>,
  };
}
const store = (...objects: Buffer[]) => stow(joinDicomParts(objects, BOUNDARY));
const inOrthanc = async (salt: string) => {
  const { instance } = nestedUids(salt);
  const found = await fetch(`${orthanc.orthancUrl}/tools/lookup`, { method: 'POST', body: instance });
  return ((await found.json()) as unknown[]).length > 0;
};

describe('an object whose sequences lie too deep', () => {
  it.each([
    ['explicit', {}],
    ['explicit, with delimiters', { undefinedLength: true }],
    ['implicit', { syntax: 'implicit' }],
    ['implicit, with delimiters', { syntax: 'implicit', undefinedLength: true }],
    ['deflated', { syntax: 'deflated', undefinedLength: true }],
    ['behind 300 kB of others', { pixels: 0 }],
  ] as [string, Partial<NestedForm>][])(
    'is refused and named, and Orthanc lives (%s)',
    async (name, form) => {
      const salt = `deep ${name}`;
      const deep = nestedObject({ depth: 500, salt, ...form });
      const before = name.startsWith('behind')
        ? [nestedObject({ depth: 1, pixels: 300_000, salt: 'first' })]
        : [];
      const { status, headers, body } = await store(...before, deep);
      const { sopClass, instance } = nestedUids(salt);
      expect(status).toBe(409);
      expect(headers.get('warning')).toContain('NESTED_TOO_DEEP');
      expect(body).toEqual({
        '00081198': {
          vr: 'SQ',
          Value: [
            {
              '00081150': { vr: 'UI', Value: [sopClass] },
              '00081155': { vr: 'UI', Value: [instance] },
              '00081197': { vr: 'US', Value: [0xc000] },
            },
          ],
        },
      });
      expect((await fetch(`${orthanc.orthancUrl}/system`)).status).toBe(200);
      expect(await inOrthanc(salt)).toBe(false);
    },
  );

  it('is refused from 33 levels on; with 32 it is stored', async () => {
    expect((await store(nestedObject({ depth: 32, undefinedLength: true, salt: '32' }))).status).toBe(200);
    expect(await inOrthanc('32')).toBe(true);
    expect((await store(nestedObject({ depth: 33, undefinedLength: true, salt: '33' }))).status).toBe(409);
    expect(await inOrthanc('33')).toBe(false);
  });

  it('cannot hide behind what the archive alone takes for the end of a part', async () => {
    const deep = nestedObject({ depth: 500, salt: 'hidden' });
    const innocent = nestedObject({ depth: 0, salt: 'innocent' });
    const head = `Content-Type: application/dicom\r\n`;
    const end = `\r\n--${BOUNDARY}--\r\n`;
    const withoutLineBreak = Buffer.concat([
      Buffer.from(`--${BOUNDARY}\r\n${head}\r\n`),
      innocent,
      Buffer.from(`x--${BOUNDARY}\r\n${head}\r\n`),
      deep,
      Buffer.from(end),
    ]);
    const withFalseLength = Buffer.concat([
      Buffer.from(`--${BOUNDARY}\r\n${head}Content-Length: ${deep.length}\r\n\r\n`),
      deep.subarray(0, 400),
      Buffer.from(`\r\n--${BOUNDARY}\r\n${head}\r\n`),
      deep.subarray(400),
      Buffer.from(end),
    ]);
    for (const body of [withoutLineBreak, withFalseLength]) {
      const { status, body: problem } = await stow(body);
      expect({ status, title: problem.title }).toEqual({ status: 400, title: 'STOW_INVALID' });
    }
    expect(await inOrthanc('hidden')).toBe(false);
    expect((await fetch(`${orthanc.orthancUrl}/system`)).status).toBe(200);
  });
});
