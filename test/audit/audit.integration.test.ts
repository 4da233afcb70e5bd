import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../src/demo/free-port.js';
import { startLocalOrthanc } from '../../src/demo/local-orthanc.js';
import type { LocalProcess } from '../../src/demo/local-process.js';
import { joinDicomParts } from '../../src/dicom/index.js';
import { deletionEvent, openAudit } from '../../src/audit/index.js';
import { auditDelivery, auditReceiver } from '../../src/doctor/checks/audit.js';
import type { DoctorContext } from '../../src/doctor/context.js';
import { loadSettings } from '../../src/config/index.js';
import {
  type AuditReceiver,
  mustFollowSchema,
  readAudit,
  startTlsReceiver,
  startUdpReceiver,
  syslogParts,
} from '../support/audit-receiver.js';
import { makeAuthority, type TestAuthority } from '../support/certificates.js';
import { nestedObject, nestedUids } from '../support/nested-object.js';
import { PROJECT_ROOT } from '../support/stack.js';
import { startTestGateway, TOKENS, type TestGateway } from '../support/test-gateway.js';
import { startTestRedis, type TestRedis } from '../support/test-redis.js';

const WAIT = { timeout: 60_000, interval: 50 };
const BOUNDARY = 'boundary-of-the-audit-test';
const PATIENT = 'Zzyzx^Quentin';
let dir: string;
let authority: TestAuthority;
let server: TestRedis;
let orthanc: LocalProcess & { orthancUrl: string; dicomwebUrl: string };
let receiver: AuditReceiver;
let gateway: TestGateway;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'esp-audit-'));
  authority = makeAuthority(join(dir, 'ca'));
  const { cert, key } = authority.issue({ name: 'receiver', use: 'server' });
  receiver = await startTlsReceiver({ cert, key });
  server = await startTestRedis();
  orthanc = await startLocalOrthanc(join(dir, 'orthanc'), await freePort(), {});
  gateway = await startTestGateway(settings());
});
afterAll(async () => {
  await gateway?.close();
  await receiver?.close();
  await orthanc?.stop();
  await server?.close();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => {
  receiver.messages.splice(0);
});

const settings = (): Record<string, string> => ({
  ESP_REDIS_URL: server.url,
  ESP_ARCHIVE_DICOMWEB_URL: orthanc.dicomwebUrl,
  ESP_AUDIT_SYSLOG_URL: receiver.url,
  ESP_AUDIT_CA_FILE: authority.caFile,
  ESP_AUDIT_SOURCE_ID: 'gateway-of-the-tests',
});
type Read = ReturnType<typeof readAudit>;
const told = (from = receiver) => from.messages.map((message) => readAudit(syslogParts(message).xml));
/** The message of an event, once it has come. */
const heard = (event: string, more: Partial<Read> = {}) =>
  vi.waitFor(() => {
    const found = told().find(
      (one) =>
        one.event === event && Object.entries(more).every(([key, value]) => one[key as keyof Read] === value),
    );
    if (!found)
      throw new Error(
        `no ${event} among ${told()
          .map((one) => `${one.event} ${one.type ?? ''}`)
          .join(', ')}`,
      );
    return found;
  }, WAIT);
const from = (user: string) =>
  expect.arrayContaining([expect.objectContaining({ user, address: '127.0.0.1' })]) as unknown;

const call = (
  path: string,
  role: keyof typeof TOKENS | undefined,
  init: { method?: string; headers?: Record<string, string>; body?: Buffer } = {},
) =>
  fetch(`${gateway.base}${path}`, {
    ...init,
    headers: { ...(role ? { authorization: `Bearer ${TOKENS[role]}` } : {}), ...init.headers },
  });
const store = (salt: string) =>
  call('/dicom-web/studies', 'operator', {
    method: 'POST',
    headers: {
      accept: 'application/dicom+json',
      'content-type': `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
    },
    body: joinDicomParts([nestedObject({ depth: 1, salt })], BOUNDARY),
  });

describe('audit messages over TLS', () => {
  it('tell of an upload: that it begins, and that it was stored', async () => {
    expect((await store('upload')).status).toBe(200);
    const { study } = nestedUids('upload');
    const begun = await heard('Begin Transferring DICOM Instances', { object: study });
    const stored = await heard('DICOM Instances Transferred', { object: study });
    for (const one of [begun, stored]) {
      expect(one).toMatchObject({ outcome: '0', objectType: 'Study Instance UID' });
      expect(one.participants).toEqual(from('token:operator'));
    }
  });

  it('tell of who retrieves, who looks at frames and metadata, who searches, and not of by whose name', async () => {
    await store('reads');
    const { study } = nestedUids('reads');
    receiver.messages.splice(0);
    await (await call(`/dicom-web/studies/${study}`, 'operator')).arrayBuffer();
    await (await call(`/dicom-web/studies/${study}/metadata`, 'viewer')).arrayBuffer();
    await (await call(`/dicom-web/studies?PatientName=${PATIENT}&limit=3`, 'viewer')).arrayBuffer();
    await heard('Begin Transferring DICOM Instances', { object: study });
    expect((await heard('DICOM Instances Transferred', { object: study })).participants).toEqual(
      from('token:operator'),
    );
    const accessed = await heard('DICOM Instances Accessed', { object: study });
    expect(accessed).toMatchObject({ action: 'R', outcome: '0' });
    expect(accessed.participants).toEqual(from('token:viewer'));
    const query = await heard('Query');
    expect(query).toMatchObject({ action: 'E', query: '/dicom-web/studies?PatientName=*&limit=3' });
    expect(query.participants).toEqual(from('token:viewer'));
    expect(receiver.messages.join()).not.toMatch(/zzyzx/i);
    expect(JSON.stringify(gateway.logged)).not.toMatch(/zzyzx/i);
  });

  it('tell of an access once, however many requests it takes, and of each caller', async () => {
    await store('often');
    const { study } = nestedUids('often');
    receiver.messages.splice(0);
    for (let n = 0; n < 10; n += 1) {
      await (await call(`/dicom-web/studies/${study}/metadata`, 'viewer')).arrayBuffer();
      await (await call(`/dicom-web/studies/${study}/metadata`, 'admin')).arrayBuffer();
    }
    // What comes after them has come: so have they.
    await call('/dicom-web/studies?limit=77', 'admin');
    await heard('Query', { query: '/dicom-web/studies?limit=77' });
    const accesses = told().filter(
      ({ event, object }) => event === 'DICOM Instances Accessed' && object === study,
    );
    expect(accesses.map(({ participants }) => participants[0]!.user).sort()).toEqual([
      'token:admin',
      'token:viewer',
    ]);
  });

  it('tell of what failed', async () => {
    await (await call('/dicom-web/studies/1.2.3.4.5.6/metadata', 'viewer')).arrayBuffer();
    expect(await heard('DICOM Instances Accessed', { object: '1.2.3.4.5.6' })).toMatchObject({
      outcome: '4',
    });
  });

  it('tell of logins, logouts and wrong credentials', async () => {
    const signedIn = await gateway.as(undefined, 'post', '/session').send({ token: TOKENS.operator });
    const cookie = (signedIn.headers['set-cookie'] as unknown as string[])[0]!.split(';')[0]!;
    const name = signedIn.body.name as string;
    expect((await heard('User Authentication', { type: 'Login', outcome: '0' })).participants).toEqual(
      from(name),
    );
    await gateway
      .as(undefined, 'delete', '/session')
      .set('Cookie', cookie)
      .set('x-requested-with', 'esp-console');
    expect((await heard('User Authentication', { type: 'Logout' })).participants).toEqual(from(name));
    await call('/dicom-web/studies', undefined, {
      headers: { authorization: 'Bearer wrong-and-long-enough' },
    });
    expect((await heard('User Authentication', { type: 'Login', outcome: '4' })).participants).toEqual(
      from('unknown'),
    );
    expect(receiver.messages.join()).not.toContain('wrong-and-long-enough');
  });

  it('tell of what somebody may not do, and of guessing that was stopped', async () => {
    await gateway.as('viewer', 'post', '/queue/pause');
    const refused = await heard('Security Alert', { type: 'Use of Restricted Function', outcome: '4' });
    expect(refused.participants).toEqual(from('token:viewer'));
    const alien = { authorization: '' };
    for (let n = 0; n < 12; n += 1) {
      alien.authorization = `Bearer esp_${'b'.repeat(12)}_${String(n).padStart(43, 'x')}`;
      await (await call('/dicom-web/studies', undefined, { headers: alien })).arrayBuffer();
    }
    const stopped = await heard('Security Alert', { type: 'Node Authentication' });
    expect(stopped).toMatchObject({ alert: 'TOO_MANY', outcome: '4' });
    expect(stopped.participants).toEqual(from(`key:${'b'.repeat(12)}`));
  });

  it('tell of changed configuration, of study runs asked for, and of who read the audit log', async () => {
    await gateway.as('admin', 'post', '/api-keys').send({ name: 'audit-test', role: 'viewer' });
    const key = await heard('Security Alert', { type: 'Security Configuration' });
    expect(key).toMatchObject({ outcome: '0', alert: 'createApiKey' });
    expect(key.participants).toEqual(from('token:admin'));
    await gateway
      .as('admin', 'post', '/webhooks')
      .send({ url: 'https://192.0.2.1/hook', events: ['study.done'] });
    await heard('Security Alert', { type: 'Software Configuration' });
    await gateway.as('operator', 'post', '/studies/1.2.3.99/reprocess').send({});
    expect(await heard('DICOM Instances Accessed', { object: '1.2.3.99' })).toMatchObject({ action: 'U' });
    await gateway.as('admin', 'get', '/audit');
    await heard('Audit Log Used');
  });

  it('follow the schema, each with the header of RFC 5424', async () => {
    await gateway.as('admin', 'post', '/queue/resume');
    await call('/dicom-web/studies?limit=78', 'admin');
    await heard('Query', { query: '/dicom-web/studies?limit=78' });
    mustFollowSchema(receiver.messages.map((message) => syslogParts(message).xml));
    for (const message of receiver.messages) {
      expect(syslogParts(message)).toMatchObject({ app: 'esp-medsam', msgid: 'DICOM+RFC3881' });
      expect(message).toContain('AuditSourceID="gateway-of-the-tests"');
    }
  });
});

it('the audit log has accesses with user and address, apart from changes', async () => {
  await store('log');
  const { study } = nestedUids('log');
  await (await call(`/dicom-web/studies/${study}/metadata`, 'viewer')).arrayBuffer();
  const lines = await vi.waitFor(async () => {
    const { items } = (await gateway.as('admin', 'get', '/audit').query({ kind: 'accesses', limit: 500 }))
      .body as {
      items: { operation: string; target: { uid?: string } }[];
    };
    const found = items.filter(({ target }) => target.uid === study);
    expect(found.length).toBe(2);
    return found;
  }, WAIT);
  expect(lines).toMatchObject([
    {
      actor: 'token:viewer',
      role: 'viewer',
      address: '127.0.0.1',
      event: 'DICOM Instances Accessed',
      status: 200,
    },
    {
      actor: 'token:operator',
      address: '127.0.0.1',
      event: 'DICOM Instances Transferred',
      operation: 'storeInstances',
    },
  ]);
  const changes = (await gateway.as('admin', 'get', '/audit').query({ limit: 500 })).body as {
    items: { target: { uid?: string } }[];
  };
  expect(changes.items.some(({ target }) => target.uid === study)).toBe(false);
});

it('a process tells that it starts and stops, over UDP as well', async () => {
  const udp = await startUdpReceiver();
  const other = await startTestGateway({ ...settings(), ESP_AUDIT_SYSLOG_URL: udp.url });
  await vi.waitFor(() => expect(told(udp).map(({ type }) => type)).toContain('Application Start'), WAIT);
  await other.close();
  await vi.waitFor(() => expect(told(udp).map(({ type }) => type)).toContain('Application Stop'), WAIT);
  mustFollowSchema(udp.messages.map((message) => syslogParts(message).xml));
  await udp.close();
});

it('a deletion is told of each time, an access by the same once', async () => {
  const udp = await startUdpReceiver();
  const environment = { ...settings(), ESP_AUDIT_SYSLOG_URL: udp.url };
  const worker = openAudit({
    settings: loadSettings(PROJECT_ROOT, environment),
    process: 'worker',
    store: server.open(environment),
    log: { warn: () => undefined },
  });
  for (let run = 0; run < 2; run += 1) {
    const deletion = deletionEvent('1.2.840.99.7', `run-${run}`);
    worker.note(deletion);
    worker.note({ ...deletion, action: 'R' });
  }
  await worker.close();
  await vi.waitFor(() => expect(told(udp).map(({ type }) => type)).toContain('Application Stop'), WAIT);
  const accesses = told(udp).filter(({ event }) => event === 'DICOM Instances Accessed');
  expect(accesses.map(({ action }) => action)).toEqual(['D', 'R', 'D']);
  await udp.close();
});

it('a receiver that is away slows and fails no request; what is dropped is a metric and a finding', async () => {
  const port = await freePort();
  const environment = {
    ...settings(),
    ESP_REDIS_PREFIX: 'away',
    ESP_AUDIT_SYSLOG_URL: `tls://127.0.0.1:${port}`,
    ESP_AUDIT_BUFFER_MESSAGES: '100',
    ESP_AUDIT_REPEAT_SECONDS: '0',
    ESP_METRICS_TOKEN: 'metrics-token-of-the-tests',
  };
  const other = await startTestGateway(environment);
  try {
    const headers = { authorization: `Bearer ${TOKENS.viewer}` };
    const statuses = new Set<number>();
    for (let n = 0; n < 150; n += 1) {
      const answer = await fetch(`${other.base}/dicom-web/studies?limit=1&offset=${n}`, { headers });
      await answer.arrayBuffer();
      statuses.add(answer.status);
    }
    expect([...statuses].every((status) => status === 200 || status === 204)).toBe(true);
    await vi.waitFor(async () => {
      const metrics = await fetch(`${other.base}/metrics`, {
        headers: { authorization: 'Bearer metrics-token-of-the-tests' },
      });
      const text = await metrics.text();
      expect(
        Number(/^esp_audit_messages_total\{result="dropped"\} (\d+)$/m.exec(text)?.[1]),
      ).toBeGreaterThanOrEqual(50);
      expect(text).toMatch(/^esp_audit_waiting 100$/m);
    }, WAIT);
    const context = {
      settings: loadSettings(PROJECT_ROOT, { ESP_GATEWAY_PORT: '0', ...environment }),
      store: server.open({ ESP_REDIS_PREFIX: 'away' }),
      probes: { redis: async () => ({ kind: 'redis' }) },
    } as unknown as DoctorContext;
    await vi.waitFor(async () => {
      const verdict = await auditDelivery.run(context);
      expect(verdict.status).toBe('warn');
      expect(verdict.found).toMatch(/gateway: \d+/);
    }, WAIT);
    const unreachable = await auditReceiver.run(context);
    expect(unreachable).toMatchObject({ status: 'fail' });
    expect(unreachable.found).toContain('nothing listens there');
    const there = {
      ...context,
      settings: loadSettings(PROJECT_ROOT, { ESP_GATEWAY_PORT: '0', ...settings() }),
    };
    expect(await auditReceiver.run(there)).toMatchObject({ status: 'ok' });
  } finally {
    await other.close();
  }
});
