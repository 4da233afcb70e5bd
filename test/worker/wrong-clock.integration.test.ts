import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../../src/faults/lab.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { eventually, PROJECT_ROOT } from '../support/stack.js';

const HOUR = 3600;
const dir = mkdtempSync(join(tmpdir(), 'esp-clock-'));
let lab: Lab;

beforeAll(async () => {
  lab = await startLab(PROJECT_ROOT, dir);
  await lab.workers[1]!.end('SIGTERM');
});
afterAll(async () => {
  await lab?.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('a study that failed at a worker whose clock is wrong', () => {
  it.each([
    ['ahead', HOUR],
    ['behind', -HOUR],
  ])('by an hour %s is tried again after its pause, by the clock of Redis', async (name, seconds) => {
    const [worker] = lab.workers;
    const { studyInstanceUid, bytes } = phantomInstance({ kind: 'dermoscopy', salt: `clock ${name}` });
    const study = () => lab.gateways[0]!.client.study(studyInstanceUid);
    const retries = async () =>
      ((await study())?.events ?? [])
        .filter(({ event }) => event === 'retry')
        .map(({ at }) => Date.parse(at));
    worker!.jumpClock(seconds);
    worker!.proxy.set({ kind: 'status', status: 503 });
    await lab.gateways[0]!.client.store(bytes);
    await eventually('the second try to fail', async () => (await retries()).length >= 2);
    // Half a second lies between the first try and the second.
    const [first, second] = (await retries()).sort((one, other) => one - other);
    expect(second! - first!).toBeGreaterThanOrEqual(450);

    worker!.proxy.set({ kind: 'pass' });
    worker!.jumpClock(0);
    await eventually('the study to be done', async () => (await study())?.state === 'done');
    expect(await study()).toMatchObject({ outcome: 'segmented' });
  });
});
