import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phantomInstance } from '../../src/phantom/index.js';
import { writeBrightModel } from '../support/bright-model.js';
import { eventually, type OurProcess, startStack, type Stack } from '../support/stack.js';

/** As many as the budget allows: a worker looks once a second whether a run is to stop. */
const FRAMES = 4000;

let stack: Stack;
let ours: OurProcess;

beforeAll(async () => {
  stack = await startStack();
  ours = await stack.start('all', {
    ESP_MODEL_MANIFEST: writeBrightModel(),
    ESP_BUDGET_FRAMES: String(FRAMES),
    ESP_BUDGET_MEGAPIXELS: '2',
    // With another engine to help a run would be over too soon to be stopped.
    ESP_WORKER_CONCURRENCY: '1',
  });
});
afterAll(() => stack?.close());

const loop = (salt: string, frames: number, size: number) =>
  phantomInstance({ kind: 'ultrasound-cine', salt, study: salt, frames, width: size, height: size });

describe('a study beyond its budget', () => {
  it('has its small images segmented, and the large one unsupported with the figure and the setting', async () => {
    const small = phantomInstance({ kind: 'ultrasound', salt: 'budget', study: 'budget', frames: 1 });
    const large = phantomInstance({
      kind: 'ultrasound-cine',
      salt: 'budget',
      study: 'budget',
      seriesNumber: 2,
      frames: 8,
      width: 512,
      height: 512,
    });
    await ours.client.store(small.bytes);
    await ours.client.store(large.bytes);
    // The first run may come between the two.
    const view = await eventually('a run of both images', async () => {
      const seen = await ours.client.study(small.studyInstanceUid);
      return seen?.state === 'done' && seen.units.length > 1 && seen;
    });
    expect(view.outcome).toBe('segmented');
    const bySeries = new Map(view.units.map((unit) => [unit.sourceSeriesUid, unit]));
    expect(bySeries.get(small.seriesInstanceUid)?.outcome).toBe('segmented');
    expect(bySeries.get(large.seriesInstanceUid)).toMatchObject({
      outcome: 'unsupported',
      error: { code: 'BUDGET_EXCEEDED' },
    });
    expect(bySeries.get(large.seriesInstanceUid)?.error?.message).toMatch(/3 megapixels.*allows 2/);
  });
});

describe('a study that somebody stops while it runs', () => {
  it('stops between two frames, says so, and stores nothing of the image it was at; another run ends it', async () => {
    // So many frames that the request comes long before the last one.
    const phantom = loop('stopped', FRAMES, 20);
    const study = phantom.studyInstanceUid;
    await ours.client.store(phantom.bytes);
    await eventually('it runs', async () => (await ours.client.study(study))?.state === 'running');
    const answer = await fetch(`${ours.base}/admin/v1/studies/${study}/cancel`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await answer.json()).toEqual({ cancelled: 'running' });
    const view = await eventually('it has stopped', async () => {
      const seen = await ours.client.study(study);
      return seen?.events.some(({ event }) => event === 'cancelled') && seen;
    });
    expect(view).toMatchObject({ outcome: 'failed', error: { code: 'CANCELLED' }, units: [] });
    expect(view.events.map(({ event }) => event)).toEqual(expect.arrayContaining(['stop', 'cancelled']));

    await fetch(`${ours.base}/admin/v1/studies/${study}/reprocess`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    await eventually(
      'it is segmented',
      async () => (await ours.client.study(study))?.outcome === 'segmented',
    );
    expect((await ours.client.study(study))?.units).toMatchObject([{ frames: { total: FRAMES } }]);
  }, 300_000);
});
