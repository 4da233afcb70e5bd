import { Redis } from 'ioredis';
import type { Browser, Locator, Page } from 'playwright-core';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { phantomInstance, type PhantomInstance } from '../../src/phantom/index.js';
import { writeModelFolder, type ModelFolder } from '../support/model-folder.js';
import { eventually, finished, segCount, startStack, type OurProcess, type Stack } from '../support/stack.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';
import { ONE_SIGNAL, openConsole, pathOf, rowOf, type ConsolePage } from './console-support.js';
import { launchBrowser } from '../support/loopback-browser.js';

// What one does in the console, each time with what it led to: as the page shows it without being loaded anew, as the
// administrator's REST tells it, and in the archive. Networks are tiny ones.

let stack: Stack;
let models: ModelFolder;
/** For gateway and workers. */
let settings: Record<string, string>;
/** Open to everybody on this machine. */
let gateway: OurProcess;
let browser: Browser;
let seen: ConsolePage;
let page: Page;

beforeAll(async () => {
  stack = await startStack();
  models = writeModelFolder();
  settings = {
    ...ONE_SIGNAL,
    ESP_MODEL_MANIFEST: models.standard,
    ESP_MODEL_DIRECTORY: models.dir,
    ESP_WORKER_ATTEMPTS: '1',
    ESP_WEBHOOKS_NETWORKS: '127.0.0.1',
  };
  gateway = await stack.start('serve', settings);
  browser = await launchBrowser();
  seen = await openConsole(browser, gateway.base);
  page = seen.page;
});
afterAll(async () => {
  await browser?.close();
  await stack?.close();
  models?.close();
});

const rest = (method: 'get' | 'post' | 'put', path: string) =>
  request(gateway.base)[method](`/admin/v1${path}`);
const told = async (path: string) => (await rest('get', path)).body;
/** Small, for what is in it does not matter. */
const xray = (salt: string) =>
  phantomInstance({ kind: 'xray', width: 128, height: 128, salt: `console-actions-${salt}` });
const card = (name: string): Locator => page.getByRole('region', { name, exact: true });

/** Presses a button that asks first, and answers in the dialog. */
async function pressAndAnswer(button: Locator, title: RegExp | string, answer: string): Promise<void> {
  await button.click();
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.getByRole('button', { name: answer, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Stores a new study and waits for its result. */
async function segmented(phantom: PhantomInstance): Promise<string> {
  const uid = phantom.studyInstanceUid;
  await gateway.client.store(phantom.bytes);
  expect((await finished(gateway.client, uid)).outcome).toBe('segmented');
  return uid;
}

/** Taken out of the queue, and discarded from quarantine. */
const [waits, fails] = [xray('waits'), xray('fails')];

describe('while no worker reaches the archive', () => {
  it('a study that waits is taken out of the queue on its page', async () => {
    await gateway.client.store(waits.bytes);
    await eventually('it is queued', async () => (await told(pathOf(waits))).job?.state === 'waiting');
    await seen.open(pathOf(waits));
    const cancel = page.getByRole('button', { name: 'Cancel' });
    await pressAndAnswer(cancel, 'Take this study out of the queue?', 'Take it out');
    await page.getByRole('status').getByText('Cancelled').waitFor();
    await page.getByRole('listitem').getByText('Taken out', { exact: true }).waitFor();
    await cancel.waitFor({ state: 'detached' });

    const study = await told(pathOf(waits));
    expect([study.state, study.job]).toEqual(['cancelled', undefined]);
    expect((await told('/queue')).counts).toMatchObject({ waiting: 0, delayed: 0 });
  });

  it('one that failed stays in quarantine until a dialog is answered, then leaves it', async () => {
    const cutOff = await stack.start('worker', {
      ...settings,
      ESP_ARCHIVE_DICOMWEB_URL: 'http://127.0.0.1:9/dicom-web',
      ESP_ARCHIVE_ORTHANC_URL: '',
    });
    await seen.open('/quarantine');
    await gateway.client.store(fails.bytes);
    const discard = rowOf(page, fails).getByRole('button', { name: 'Discard' });
    await discard.waitFor();
    await cutOff.stop();

    await pressAndAnswer(discard, 'Discard this study?', 'Cancel');
    expect(await told('/quarantine')).toMatchObject({ total: 1 });
    await pressAndAnswer(discard, 'Discard this study?', 'Discard');
    await page.getByText('Nothing is in quarantine').waitFor();
    expect(await told('/quarantine')).toMatchObject({ total: 0, items: [] });
    expect(await told(pathOf(fails))).toMatchObject({
      outcome: 'failed',
      quarantined: false,
      discarded: { at: expect.any(String) },
    });
    // Its image stays in the archive.
    expect(await gateway.client.instances(fails.studyInstanceUid)).toHaveLength(1);
  });

  it('its page says so, and brings it back', async () => {
    await seen.open(pathOf(fails));
    await page.getByRole('listitem').getByText('Discarded from quarantine').waitFor();
    await page.getByText(/it stays without a result/).waitFor();
    expect(await page.getByText(/It waits in/).count()).toBe(0);

    const reprocess = page.getByRole('button', { name: 'Reprocess' });
    await pressAndAnswer(reprocess, 'Reprocess this study?', 'Reprocess');
    await page.getByText('Another try waits in the queue.').waitFor();
    expect((await told(pathOf(fails))).job).toMatchObject({ state: 'waiting' });
  });
});

describe('when a worker comes', () => {
  beforeAll(async () => {
    await stack.start('worker', settings);
  });

  it('the study that was brought back is segmented, the one that was taken out is not', async () => {
    // Still the page of before.
    await page.getByRole('status').getByText('Segmented').first().waitFor();
    expect(await page.getByText(/it stays without a result/).count()).toBe(0);
    const back = await told(pathOf(fails));
    expect([back.outcome, back.discarded]).toEqual(['segmented', undefined]);
    expect(await segCount(gateway.client, fails.studyInstanceUid)).toBe(1);

    // It came first: had it waited still, it would have been processed by now.
    const { state, events } = await told(pathOf(waits));
    expect(state).toBe('cancelled');
    expect(events).not.toContainEqual(expect.objectContaining({ event: 'started' }));
    expect(await segCount(gateway.client, waits.studyInstanceUid)).toBe(0);
  });
});

describe('models', () => {
  const first = () => card('ESP-MedSAM 1.0.0');
  const second = () => card('ESP-MedSAM 2.0.0');
  const damaged = () => card('ESP-MedSAM 3.0.0');
  /** By version. */
  const models = async (): Promise<
    Record<string, { id: string; state: string; verified?: { ok: boolean } }>
  > =>
    Object.fromEntries(
      (await told('/models')).items.map((model: { version: string }) => [model.version, model]),
    );
  const activeId = async (): Promise<string> => (await told('/models')).active.id;

  /** Sends a study while Live is open: the worker's line there tells the model that took it. */
  async function workerTakes(version: string, salt: string): Promise<void> {
    await seen.open('/');
    const phantom = xray(salt);
    const uid = await segmented(phantom);
    await card('Workers').getByRole('cell', { name: version, exact: true }).waitFor();
    expect((await told('/workers')).items).toMatchObject([{ model: { version } }]);
    const [unit] = (await told(`/studies/${uid}`)).units;
    const seg = { study: uid, series: unit.segSeriesUid, instance: unit.segInstanceUid };
    // Software Versions of the SEG.
    expect((await gateway.client.metadata(seg))!['00181020']).toMatchObject({
      Value: expect.arrayContaining([`ESP-MedSAM ${version}`]),
    });
  }

  it('are tried by the worker, which tells what it found', async () => {
    await seen.open('/models');
    await second().getByRole('button', { name: 'Verify' }).click();
    await second().getByText('Passed', { exact: true }).waitFor();
    await damaged().getByRole('button', { name: 'Verify' }).click();
    await damaged().getByText('Did not pass').waitFor();
    await damaged().getByText('What failed').click();
    await damaged()
      .getByText(/another SHA-256/)
      .waitFor();
    expect(await models()).toMatchObject({
      '2.0.0': { verified: { ok: true } },
      '3.0.0': { verified: { ok: false } },
    });
  });

  it('that do not pass are refused with the reason, and nothing changes', async () => {
    const before = await activeId();
    await pressAndAnswer(
      damaged().getByRole('button', { name: 'Activate' }),
      'Activate ESP-MedSAM 3.0.0?',
      'Activate',
    );
    await page.getByText(/did not pass \(files\)/).waitFor();
    await page.getByRole('button', { name: 'Close this message' }).last().click();
    await damaged().getByText('Available').waitFor();
    expect(await activeId()).toBe(before);
  });

  it('run as shadow: the table of agreement appears when a study went through', async () => {
    await pressAndAnswer(
      second().getByRole('button', { name: 'Run as shadow' }),
      'Run ESP-MedSAM 2.0.0 as shadow?',
      'Run it as shadow',
    );
    await second().getByText('Shadow', { exact: true }).waitFor();
    const comparison = card('Shadow comparison');
    await comparison.getByText('Nothing compared yet').waitFor();
    expect((await told('/models/shadow')).model).toMatchObject({ version: '2.0.0' });

    const uid = await segmented(xray('shadow'));
    const line = comparison.getByRole('row').filter({ hasText: 'X-ray' });
    await line.waitFor();
    const { perChannel } = await told('/models/shadow');
    expect(perChannel).toMatchObject([{ channel: 'xray', studies: 1, units: 1 }]);
    expect(await line.getByRole('cell').allInnerTexts()).toEqual([
      '1',
      '1',
      '100 %',
      perChannel[0].meanDice.toFixed(3),
    ]);
    // The shadow stores nothing.
    expect(await segCount(gateway.client, uid)).toBe(1);
  });

  it('end as shadow', async () => {
    const end = second().getByRole('button', { name: 'End the shadow' });
    await pressAndAnswer(end, 'End ESP-MedSAM 2.0.0 as shadow?', 'Cancel');
    expect((await told('/models/shadow')).perChannel).toHaveLength(1);
    await pressAndAnswer(end, 'End ESP-MedSAM 2.0.0 as shadow?', 'End it');
    await card('Shadow comparison').getByText('No shadow runs').waitFor();
    await second().getByText('Available').waitFor();
    expect(await told('/models/shadow')).toMatchObject({ model: null, perChannel: [] });
  });

  it('become active when the dialog is answered, and the worker takes them with its next study', async () => {
    const before = await activeId();
    const activate = second().getByRole('button', { name: 'Activate' });
    await pressAndAnswer(activate, 'Activate ESP-MedSAM 2.0.0?', 'Cancel');
    expect(await activeId()).toBe(before);
    await pressAndAnswer(activate, 'Activate ESP-MedSAM 2.0.0?', 'Activate');
    await second().getByText('Active', { exact: true }).waitFor();
    await first().getByText('Available').waitFor();
    const { '2.0.0': now } = await models();
    expect(await activeId()).toBe(now!.id);
    await card('What was active before')
      .getByRole('row', { name: /Activated/ })
      .getByText(now!.id)
      .waitFor();
    await workerTakes('2.0.0', 'activated');
  });

  it('are taken back', async () => {
    const { '1.0.0': former } = await models();
    await seen.open('/models');
    await pressAndAnswer(
      page.getByRole('button', { name: 'Roll back' }),
      'Go back to the model before?',
      'Go back',
    );
    await first().getByText('Active', { exact: true }).waitFor();
    await second().getByText('Available').waitFor();
    expect(await activeId()).toBe(former!.id);
    await card('What was active before')
      .getByRole('row', { name: /Rolled back to/ })
      .getByText(former!.id)
      .waitFor();
    expect(await page.getByRole('button', { name: 'Roll back' }).count()).toBe(0);
    await workerTakes('1.0.0', 'rolled-back');
  });
});

describe('routing rules', () => {
  it('of an earlier version are put in force again from the list of versions', async () => {
    const uid = fails.studyInstanceUid;
    const would = async () => {
      const { body } = await rest('post', '/routing/explain').send({ studyInstanceUid: uid });
      return [body.rulesVersion, body.units[0].would];
    };
    const { text } = await told('/routing');
    const stricter = stringify({ ...parse(text), refused: [{ modality: 'DX', reason: 'not wanted' }] });
    await rest('put', '/routing')
      .set('If-Match', '"0"')
      .send({ rules: stricter, comment: 'no X-ray' })
      .expect(200);
    expect(await would()).toEqual([1, 'unsupported']);

    await seen.open('/routing');
    const editor = page.getByLabel(/Rules as YAML/);
    await editor.fill('strong: 7');
    await page.getByRole('button', { name: 'Validate' }).click();
    const refused = page.getByText('The rules do not hold.');
    await refused.waitFor();
    const versions = card('Versions');
    const edit = versions
      .getByRole('row')
      .filter({ hasText: 'from the start' })
      .getByRole('button', { name: 'Edit from this' });
    await pressAndAnswer(edit, 'Replace what you have edited?', 'Replace it');
    // What was found of the text before is not said of this one.
    await refused.waitFor({ state: 'detached' });
    expect(await editor.inputValue()).toBe(text);
    expect(await told('/routing')).toMatchObject({ version: 1 });

    await page.getByRole('button', { name: 'Put in force …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Put these rules in force?' });
    await dialog.getByLabel(/Why/).fill('X-ray again');
    await dialog.getByRole('button', { name: 'Put in force' }).click();
    await page.getByText('In force: version 2').waitFor();
    await versions
      .getByRole('row', { name: /^2 · in force/ })
      .getByText('X-ray again')
      .waitFor();
    expect(await told('/routing')).toMatchObject({ version: 2, text, comment: 'X-ray again' });
    expect(await would()).toEqual([2, 'segment']);
  });
});

describe('a webhook', () => {
  let kept: WebhookReceiver;
  let dropped: WebhookReceiver;

  beforeAll(async () => {
    [dropped, kept] = [await startWebhookReceiver(), await startWebhookReceiver()];
  });
  afterAll(async () => {
    await dropped?.close();
    await kept?.close();
  });

  it('that is removed is told nothing more; the other one is', async () => {
    const secret = 'a secret of sufficient length';
    for (const { url } of [dropped, kept]) {
      await rest('post', '/webhooks')
        .send({ url, secret, events: ['study.done'] })
        .expect(201);
    }
    await seen.open('/webhooks');
    const hook = card(dropped.url);
    await hook.getByRole('button', { name: 'Test' }).click();
    await eventually('the test', async () => dropped.received.length > 0);
    const { id } = (await told('/webhooks')).items.find(({ url }: { url: string }) => url === dropped.url);
    await pressAndAnswer(hook.getByRole('button', { name: 'Remove' }), 'Remove this webhook?', 'Remove');
    await hook.waitFor({ state: 'detached' });
    await card(kept.url).waitFor();
    expect((await told('/webhooks')).items).toMatchObject([{ url: kept.url }]);
    await rest('get', `/webhooks/${id}/deliveries`).expect(404);

    await segmented(xray('told'));
    await eventually('the other one is told', async () => kept.received.length > 0);
    expect(kept.received.map(({ body }) => JSON.parse(body).type)).toEqual(['study.done']);
    expect(dropped.received.map(({ body }) => JSON.parse(body).type)).toEqual(['test']);
  });
});

describe('a study whose record cannot be read', () => {
  it('is named in the list, hides no other, and is run again from there', async () => {
    const [damaged, other] = [await segmented(xray('damaged')), await segmented(xray('other'))];
    const redis = new Redis(stack.redisUrl);
    await redis.hset(`esp:ledger:study:${damaged}`, 'units', '[{"outcome":');
    redis.disconnect();
    expect(await told('/studies')).toMatchObject({ unreadable: [damaged] });

    await seen.open('/studies');
    const notice = page.locator('.notice', { hasText: 'of 1 study cannot be read' });
    await notice.getByTitle(damaged).waitFor();
    await page.locator(`a[href="/studies/${other}"]`).first().waitFor();
    await notice.getByRole('button', { name: 'Reprocess' }).click();
    await notice.waitFor({ state: 'detached' });
    await page.locator(`a[href="/studies/${damaged}"]`).first().waitFor();
    expect((await finished(gateway.client, damaged)).outcome).toBe('segmented');
    expect(await told('/studies')).toMatchObject({ unreadable: [] });
  });
});

it('all of this caused no error but the refusal of the damaged model', () => {
  expect(seen.trouble()).toEqual([expect.stringMatching(/^422 \/admin\/v1\/models\/.*\/activate$/)]);
});
