import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoutingConfig } from '../../src/routing/index.js';
import { loadSettings } from '../../src/config/index.js';
import { REQUEST_QUEUE } from '../../src/store/index.js';
import { openStore } from '../../src/store/open-store.js';
import { connectRedis } from '../../src/store/redis/connect.js';
import type { Uid } from '../../src/core/index.js';
import { gatewayClient } from '../../src/demo/gateway-client.js';
import { phantomInstance } from '../../src/phantom/index.js';
import type { PhantomKind } from '../../src/phantom/kinds.js';
import { writeTinyModel } from '../model/tiny-model.js';
import {
  finished,
  PROJECT_ROOT,
  segCount,
  startStack,
  type OurProcess,
  type Stack,
} from '../support/stack.js';
import { startTestGateway, type TestGateway, TOKENS } from '../support/test-gateway.js';

let stack: Stack;
let gateway: TestGateway;
let worker: OurProcess;
let settings: Record<string, string>;

const current = () => gateway.as('viewer', 'get', '/routing');
const put = (ifMatch: string, body: unknown) =>
  gateway
    .as('admin', 'put', '/routing')
    .set('If-Match', ifMatch)
    .send(body as object);
const explain = (body: unknown) => gateway.as('operator', 'post', '/routing/explain').send(body as object);
const study = async (uid: string) => (await gateway.as('viewer', 'get', `/studies/${uid}`)).body;

/** The shipped rules with one more veto. */
async function withVeto(modality: string): Promise<RoutingConfig> {
  const { text } = (await gateway.as('viewer', 'get', '/routing/versions/0')).body as { text: string };
  const rules = parse(text) as RoutingConfig;
  rules.vetoes.push({ id: 'of-the-test', when: { modality: [modality] }, reason: 'the test wants it so' });
  return rules;
}

beforeAll(async () => {
  stack = await startStack();
  const manifest = writeTinyModel({ detector: true });
  settings = {
    ESP_REDIS_URL: stack.redisUrl,
    ESP_ARCHIVE_DICOMWEB_URL: stack.orthanc.dicomwebUrl,
    ESP_MODEL_MANIFEST: manifest,
    ESP_MODEL_DIRECTORY: stack.dir,
    ESP_INTAKE_QUIET_SECONDS: '0.2',
  };
  gateway = await startTestGateway(settings);
});
afterAll(async () => {
  await gateway?.close();
  await stack?.close();
});

async function processNew(kind: PhantomKind, salt: string): Promise<string> {
  const phantom = phantomInstance({ kind, salt });
  const client = gatewayClient(gateway.base, TOKENS.operator);
  await client.store(phantom.bytes);
  await finished(client, phantom.studyInstanceUid);
  return phantom.studyInstanceUid;
}

describe('the rules', () => {
  it('roles are asked for', async () => {
    const paths = [
      ['get', '/routing', 'viewer'],
      ['get', '/routing/versions', 'viewer'],
      ['get', '/routing/versions/0', 'viewer'],
      ['post', '/routing/validate', 'operator'],
      ['post', '/routing/explain', 'operator'],
      ['put', '/routing', 'admin'],
    ] as const;
    const below = { viewer: undefined, operator: 'viewer', admin: 'operator' } as const;
    for (const [method, path, needed] of paths) {
      expect([path, (await gateway.as(undefined, method, path)).status]).toEqual([path, 401]);
      const less = below[needed];
      if (less) expect([path, (await gateway.as(less, method, path)).status]).toEqual([path, 403]);
    }
  });

  it('are those of the file at first', async () => {
    const response = await current();
    expect(response.headers.etag).toBe('"0"');
    expect(response.body).toMatchObject({ version: 0, at: null, actor: null });
    expect(response.body.text).toContain('# Image SOP classes we read.');
    expect(parse(response.body.text)).toEqual(response.body.rules);
  });

  it('are checked before they are kept, with the place of each mistake', async () => {
    const rules = await withVeto('US');
    const check = async (given: unknown) =>
      (await gateway.as('operator', 'post', '/routing/validate').send({ rules: given })).body;
    expect(await check(rules)).toEqual({ valid: true, errors: [] });
    expect(await check('rules: [')).toMatchObject({ valid: false, errors: [{ path: '' }] });
    rules.rules[2]!.weight = 7;
    rules.rules[3]!.when = { description: ['(?=a)b'] };
    const { valid, errors } = await check(rules);
    expect(valid).toBe(false);
    expect(errors.map(({ path }: { path: string }) => path)).toEqual([
      'rules.2.weight',
      'rules.3.when.description.0',
    ]);
    const refused = await put('"0"', { rules });
    expect(refused.status).toBe(400);
    expect(refused.body.detail).toMatch(
      /rules\.2\.weight: .*rules\.3\.when\.description\.0: not a regular expression as RE2 reads it/,
    );
  });

  it('are put as versions, by those who have seen the newest', async () => {
    const rules = await withVeto('GM');
    expect((await gateway.as('admin', 'put', '/routing').send({ rules })).status).toBe(428);
    expect((await put('"7"', { rules })).status).toBe(412);
    const both = await Promise.all([
      put('"0"', { rules, comment: 'one' }),
      put('"0"', { rules, comment: 'one' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const first = both.find(({ status }) => status === 200)!;
    expect(first.headers.etag).toBe('"1"');
    expect(first.body).toMatchObject({ version: 1, actor: 'token:admin', comment: 'one' });
    expect((await current()).body.rules).toEqual(rules);

    // Back to the file's, comments and all.
    const { text } = (await gateway.as('viewer', 'get', '/routing/versions/0')).body;
    expect((await put('"1"', { rules: text })).body).toMatchObject({ version: 2, text });
    const page = (query: string) => gateway.as('viewer', 'get', `/routing/versions?${query}`);
    const head = await page('limit=2');
    expect(head.body).toMatchObject({ total: 3, items: [{ version: 2 }, { version: 1, comment: 'one' }] });
    expect((await page(`limit=2&cursor=${head.body.next}`)).body.items).toMatchObject([{ version: 0 }]);
    expect((await page('cursor=x')).status).toBe(400);
    expect((await gateway.as('viewer', 'get', '/routing/versions/9')).status).toBe(404);
  });
});

describe('an explanation', () => {
  it('says at once that there is no worker', async () => {
    const response = await explain({ studyInstanceUid: '1.2.3' });
    expect([response.status, response.body.title]).toEqual([503, 'NO_WORKER']);
  });

  it('is not waited for without end, and then nobody need answer it', async () => {
    const redis = connectRedis({ url: stack.redisUrl }, 'waiting');
    const late = openStore(redis, loadSettings(PROJECT_ROOT, { ESP_REDIS_PREFIX: 'late' }));
    await late.answering.announce('a worker that hangs');
    const asker = late.workerAsker;
    await expect(
      asker.ask({ kind: 'explain', studyInstanceUid: '1.2.3' as Uid }, { timeoutMs: 400 }),
    ).rejects.toMatchObject({ code: 'WORKER_TIMEOUT', httpStatus: 504 });
    expect(await redis.llen(`late:${REQUEST_QUEUE}:wait`)).toBe(0);
    redis.disconnect();
  });

  it('says what would happen and why, and does nothing', async () => {
    worker = await stack.start('worker', settings);
    const phantom = phantomInstance({ kind: 'dermoscopy', salt: 'explain' });
    const client = gatewayClient(gateway.base, TOKENS.operator);
    await client.store(phantom.bytes);
    const uid = phantom.studyInstanceUid;
    await finished(client, uid);
    const before = await study(uid);
    const segs = await segCount(gatewayClient(gateway.base, TOKENS.operator), uid);

    const response = await explain({ studyInstanceUid: uid });
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({
      studyInstanceUid: uid,
      model: { version: '0.0.1' },
      rulesVersion: 2,
      instances: 1 + segs,
      unchanged: true,
      complete: true,
      units: [
        {
          seriesInstanceUid: phantom.seriesInstanceUid,
          instances: 1,
          frames: 1,
          would: 'segment',
          decision: {
            channel: 'dermoscopy',
            reasons: expect.arrayContaining([expect.stringContaining('photo-of-skin')]),
          },
          evidence: { header: { scores: { dermoscopy: expect.any(Number) }, veto: null } },
        },
      ],
    });
    const { pixels } = response.body.units[0].evidence;
    expect(pixels.probabilities[pixels.best]).toBe(pixels.probability);

    const other = await explain({ studyInstanceUid: uid, rules: await withVeto('XC') });
    expect(other.body).toMatchObject({
      rulesVersion: null,
      unchanged: false,
      units: [
        { would: 'unsupported', frames: 0, evidence: { header: { veto: 'of-the-test' }, pixels: null } },
      ],
    });
    expect(other.body.units[0].decision.reasons.at(-1)).toContain('the test wants it so');

    const after = await study(uid);
    expect(after.events).toEqual(before.events);
    expect(after.updatedAt).toBe(before.updatedAt);
    expect(await segCount(gatewayClient(gateway.base, TOKENS.operator), uid)).toBe(segs);
    expect(JSON.stringify(response.body)).not.toMatch(/phantom skin|PatientName/i);
  });

  it('of a study that is not there, or with rules that are none, is refused', async () => {
    const absent = await explain({ studyInstanceUid: '1.2.3.4.5' });
    expect([absent.status, absent.body.title]).toEqual([404, 'STUDY_EMPTY']);
    expect((await explain({ studyInstanceUid: '../system' })).body.title).toBe('INVALID_UID');
    expect((await explain({ studyInstanceUid: '1.2.3', rules: { strong: 2 } })).body.title).toBe(
      'INVALID_REQUEST',
    );
  });
});

describe('new rules', () => {
  it('hold for the next study on every worker, and run nothing by themselves', async () => {
    const before = await processNew('dermoscopy', 'rules-before');
    const runs = (await study(before)).events.length;
    const etag = (await current()).headers.etag!;
    expect((await put(etag, { rules: await withVeto('XC'), comment: 'no photographs' })).status).toBe(200);

    const after = await processNew('dermoscopy', 'rules-after');
    const view = await study(after);
    expect(view.outcome).toBe('unsupported');
    expect(view.units[0].reasons.at(-1)).toContain('the test wants it so');
    expect(worker.output()).toContain('routing rules in force');
    expect((await study(before)).events).toHaveLength(runs);
    expect((await explain({ studyInstanceUid: before })).body).toMatchObject({
      unchanged: false,
      rulesVersion: 3,
    });
  });

  it('that this version does not take leave the former ones in force', async () => {
    const redis = connectRedis({ url: stack.redisUrl }, 'waiting');
    const entry = {
      version: 4,
      at: new Date().toISOString(),
      actor: 'another version',
      comment: '',
      text: '{}',
    };
    await redis.hset('esp:routing:versions', '4', JSON.stringify(entry));
    await redis.set('esp:routing:newest', '4');
    redis.disconnect();
    expect((await study(await processNew('dermoscopy', 'rules-unreadable'))).outcome).toBe('unsupported');
    expect(worker.output()).toContain('routing rules not taken');
    expect((await current()).body).toMatchObject({ title: 'CONFIG_INVALID' });
    // Still to be mended over the same interface.
    expect((await put('"4"', { rules: await withVeto('GM') })).body.version).toBe(5);
  });
});
