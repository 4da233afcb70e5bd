import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayClient } from '../../src/demo/gateway-client.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { connectRedis } from '../../src/store/redis/connect.js';
import { writeModelFolder, type ModelFolder } from '../support/model-folder.js';
import { eventually, segCount, startStack, type OurProcess, type Stack } from '../support/stack.js';
import { startTestGateway, type TestGateway, TOKENS } from '../support/test-gateway.js';

interface Item {
  readonly id: string;
  readonly version: string;
  readonly state: string;
}

let stack: Stack;
let models: ModelFolder;
let gateway: TestGateway;
let worker: OurProcess;
let settings: Record<string, string>;
/** Ids by version. */
const ids: Record<string, string> = {};

const list = async () => (await gateway.as('viewer', 'get', '/models')).body;
const activate = (id: string) => gateway.as('admin', 'post', `/models/${id}/activate`);
const shadow = async () => (await gateway.as('viewer', 'get', '/models/shadow')).body;
const study = async (uid: string) => (await gateway.as('viewer', 'get', `/studies/${uid}`)).body;

beforeAll(async () => {
  stack = await startStack();
  models = writeModelFolder();
  settings = {
    ESP_REDIS_URL: stack.redisUrl,
    ESP_ARCHIVE_DICOMWEB_URL: stack.orthanc.dicomwebUrl,
    ESP_MODEL_MANIFEST: models.standard,
    ESP_MODEL_DIRECTORY: models.dir,
    ESP_INTAKE_QUIET_SECONDS: '0.2',
  };
  gateway = await startTestGateway(settings);
  for (const { id, version } of (await list()).items as Item[]) ids[version] = id;
});
afterAll(async () => {
  await gateway?.close();
  await stack?.close();
  models?.close();
});

/** Stores a new study and waits for its result. */
async function processNew(salt: string): Promise<string> {
  const phantom = phantomInstance({ kind: 'xray', salt });
  await gatewayClient(gateway.base, TOKENS.operator).store(phantom.bytes);
  await done(phantom.studyInstanceUid, 1);
  return phantom.studyInstanceUid;
}

/** Waits until so many runs of a study have ended. */
const done = (uid: string, runs: number) =>
  eventually('the runs', async () => {
    const view = await study(uid);
    const ended = (view.events ?? []).filter(({ event }: { event: string }) => event === 'done');
    return view.state === 'done' && ended.length >= runs ? view : undefined;
  });

const segmented = (view: { units: { outcome: string; segInstanceUid?: string }[] }) =>
  view.units.filter(({ outcome }) => outcome === 'segmented').map(({ segInstanceUid }) => segInstanceUid);

describe('without a worker', () => {
  it('the models are listed, and what is none is named', async () => {
    const body = await list();
    expect(body.items).toMatchObject([
      { version: '1.0.0', state: 'active', configured: true, manifestPath: 'standard/manifest.json' },
      { version: '3.0.0', state: 'available', configured: false },
      { version: '2.0.0', state: 'available', modalities: expect.arrayContaining(['xray']), detector: false },
    ]);
    expect(body).toMatchObject({
      active: { id: ids['1.0.0'], at: null, present: true },
      previous: null,
      history: [],
      unreadable: [{ path: 'nonsense/manifest.json', reason: expect.stringMatching(/not a model manifest/) }],
    });
  });

  it.each(['verify', 'activate'])('%s says that there is none', async (what) => {
    const response = await gateway.as('admin', 'post', `/models/${ids['2.0.0']}/${what}`);
    expect([response.status, response.body.title]).toEqual([503, 'NO_WORKER']);
    expect((await list()).active.id).toBe(ids['1.0.0']);
  });

  it('there is nothing to take back', async () => {
    const response = await gateway.as('admin', 'post', '/models/rollback');
    expect([response.status, response.body.title]).toEqual([409, 'CONFLICT']);
  });

  it('roles are asked for', async () => {
    const paths = [
      ['get', '/models', 'viewer'],
      ['get', '/models/shadow', 'viewer'],
      ['post', '/models/x/verify', 'admin'],
      ['post', '/models/x/activate', 'admin'],
      ['post', '/models/rollback', 'admin'],
      ['put', '/models/shadow', 'admin'],
    ] as const;
    for (const [method, path, needed] of paths) {
      expect([path, (await gateway.as(undefined, method, path)).status]).toEqual([path, 401]);
      if (needed === 'admin')
        expect([path, (await gateway.as('operator', method, path)).status]).toEqual([path, 403]);
    }
    for (const what of ['verify', 'activate']) {
      expect((await gateway.as('admin', 'post', `/models/x/${what}`)).status).toBe(404);
    }
  });
});

describe('with a worker', () => {
  beforeAll(async () => {
    worker = await stack.start('worker', settings);
  });

  it('a model is tried, and what was found is kept', async () => {
    const good = await gateway.as('admin', 'post', `/models/${ids['2.0.0']}/verify`);
    expect(good.status).toBe(200);
    expect(good.body).toMatchObject({
      ok: true,
      checks: [
        { name: 'files', status: 'ok' },
        { name: 'load', status: 'ok', detail: 'loaded on cpu' },
        { name: 'run', status: 'ok', detail: expect.stringMatching(/^6 channels/) },
        { name: 'golden', status: 'skipped' },
      ],
    });
    const bad = await gateway.as('admin', 'post', `/models/${ids['3.0.0']}/verify`);
    expect(bad.body).toMatchObject({
      ok: false,
      checks: [{ name: 'files', status: 'fail', detail: expect.stringMatching(/another SHA-256/) }],
    });
    const verified = ((await list()).items as (Item & { verified?: { ok: boolean } })[]).map(
      (item) => [item.version, item.verified?.ok] as const,
    );
    expect(Object.fromEntries(verified)).toEqual({ '1.0.0': undefined, '2.0.0': true, '3.0.0': false });
  });

  it('a model that does not load is refused, and nothing changes', async () => {
    const response = await activate(ids['3.0.0']!);
    expect(response.status).toBe(422);
    expect(response.body).toMatchObject({
      title: 'MODEL_REFUSED',
      detail: expect.stringMatching(/\(files\).*another SHA-256/),
    });
    expect((await list()).active.id).toBe(ids['1.0.0']);
  });

  it('is activated without a restart; reprocessing supersedes the old results; a roll-back goes back', async () => {
    const pid = worker.pid;
    const uid = await processNew('models-activate');
    const [first] = segmented(await study(uid));
    expect(first).toBeDefined();

    expect((await activate(ids['2.0.0']!)).body).toMatchObject({ id: ids['2.0.0'], version: '2.0.0' });
    expect((await activate(ids['2.0.0']!)).status).toBe(409);
    expect((await list()).active).toMatchObject({ id: ids['2.0.0'], actor: 'token:admin', present: true });
    await gateway.as('operator', 'post', `/studies/${uid}/reprocess`).send({});
    const second = await done(uid, 2);
    expect(segmented(second)).toHaveLength(1);
    expect(segmented(second)).not.toContain(first);
    expect(second.units).toContainEqual(
      expect.objectContaining({ outcome: 'superseded', segInstanceUid: first }),
    );
    expect(worker.output()).toContain('model exchanged');
    expect(worker.pid).toBe(pid);

    const back = await gateway.as('admin', 'post', '/models/rollback');
    expect([back.status, back.body.id]).toEqual([200, ids['1.0.0']]);
    await gateway.as('operator', 'post', `/studies/${uid}/reprocess`).send({});
    expect(segmented(await done(uid, 3))).toEqual([first]);
    // The SEG of the first model was there already: two in all.
    expect(await segCount(gatewayClient(gateway.base, TOKENS.operator), uid)).toBe(2);
    expect((await gateway.as('admin', 'post', '/models/rollback')).status).toBe(409);
    expect((await list()).history).toMatchObject([
      { action: 'rolled-back', id: ids['1.0.0'] },
      { action: 'activated', id: ids['2.0.0'] },
    ]);
  });

  it('a worker that cannot load the active model keeps the one it has, and says so', async () => {
    expect((await activate(ids['2.0.0']!)).status).toBe(200);
    models.damage(models.other);
    const uid = await processNew('models-damaged');
    expect(segmented(await study(uid))).toHaveLength(1);
    const { problems } = await list();
    expect(problems).toMatchObject([
      { id: ids['2.0.0'], code: 'MODEL_INVALID', message: expect.stringMatching(/another SHA-256/) },
    ]);
    expect(worker.output()).toContain('the former one stays');

    models.restore(models.other);
    await gateway.as('admin', 'post', '/models/rollback');
    await processNew('models-healed');
    expect((await activate(ids['2.0.0']!)).status).toBe(200);
    await processNew('models-active-again');
    expect((await list()).problems).toEqual([]);
    await gateway.as('admin', 'post', '/models/rollback');
  });

  it('a shadow model is compared, stores nothing, and is compared anew when the active one changes', async () => {
    expect(await shadow()).toMatchObject({ model: null, perChannel: [] });
    const set = (id: string | null) => gateway.as('admin', 'put', '/models/shadow').send({ id });
    expect((await set(ids['1.0.0']!)).status).toBe(409);
    expect((await set('no-such')).status).toBe(404);
    expect((await set(ids['2.0.0']!)).body).toMatchObject({
      model: { id: ids['2.0.0'], version: '2.0.0' },
      against: ids['1.0.0'],
    });
    const uid = await processNew('models-shadow');
    const { perChannel } = await eventually('a comparison', async () => {
      const view = await shadow();
      return view.perChannel.length > 0 ? view : undefined;
    });
    expect(perChannel).toMatchObject([{ channel: 'xray', studies: 1, units: 1, sameOutcome: 1 }]);
    // The one sees what is brighter than 60, the other what is brighter than 100: some, but not all of it.
    expect(perChannel[0].meanDice).toBeGreaterThan(0.05);
    expect(perChannel[0].meanDice).toBeLessThan(0.99);
    expect(await segCount(gatewayClient(gateway.base, TOKENS.operator), uid)).toBe(1);
    expect((await list()).items).toContainEqual(
      expect.objectContaining({ version: '2.0.0', state: 'shadow' }),
    );

    // The shadow becomes the active one: nothing is left to compare it with.
    expect((await activate(ids['2.0.0']!)).status).toBe(200);
    expect(await shadow()).toMatchObject({ model: null, perChannel: [] });
    await gateway.as('admin', 'post', '/models/rollback');
  });

  it('a shadow whose active model was replaced on the disk is compared with the new one', async () => {
    const redis = connectRedis({ url: stack.redisUrl }, 'waiting');
    await gateway.as('admin', 'put', '/models/shadow').send({ id: ids['2.0.0'] });
    await redis.hset('esp:models:shadow', 'against', 'one-that-is-gone');
    redis.disconnect();
    await processNew('models-shadow-moved');
    expect((await shadow()).against).toBe(ids['1.0.0']);
    await eventually('a comparison', async () => (await shadow()).perChannel.length > 0);
  });

  it('a shadow that fails is counted, and the study does not notice', async () => {
    await gateway.as('admin', 'put', '/models/shadow').send({ id: ids['3.0.0'] });
    const uid = await processNew('models-shadow-broken');
    expect((await study(uid)).outcome).toBe('segmented');
    await eventually('the failure', async () => (await shadow()).failed === 1);
    expect(await shadow()).toMatchObject({ perChannel: [], lastError: 'MODEL_INVALID', skipped: 0 });
    expect((await gateway.as('admin', 'put', '/models/shadow').send({ id: null })).body.model).toBeNull();
  });

  it('starts with the active model, and with the configured one when that is broken', async () => {
    await activate(ids['2.0.0']!);
    const second = await stack.start('worker', settings);
    expect(second.output()).toMatch(/"model":"2\.0\.0".*model loaded/);
    await second.stop();
    models.damage(models.other);
    const third = await stack.start('worker', settings);
    expect(third.output()).toMatch(/"model":"1\.0\.0".*model loaded/);
    expect(third.output()).toContain('the active model cannot be used');
    await third.stop();
    models.restore(models.other);
    await gateway.as('admin', 'post', '/models/rollback');
  });

  it('when the last worker has gone, asking one says so at once', async () => {
    await worker.stop();
    const response = await gateway.as('admin', 'post', `/models/${ids['2.0.0']}/verify`);
    expect([response.status, response.body.title]).toEqual([503, 'NO_WORKER']);
  });
});
