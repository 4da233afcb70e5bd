import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { phantomInstance } from '../../src/phantom/index.js';
import { eventually, finished, segCount, startStack, type OurProcess, type Stack } from '../support/stack.js';

// A short lock, so that a killed worker's study is taken over within seconds.
const QUICK_LOCK = { ESP_WORKER_LOCK_SECONDS: '3', ESP_WORKER_BACKOFF_SECONDS: '1' };

let stack: Stack;
let gateway: OurProcess;
const workers: OurProcess[] = [];

beforeAll(async () => {
  stack = await startStack();
  gateway = await stack.start('serve');
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
});
afterAll(() => stack?.close());

/** A worker that ends with its test. */
async function startWorker(): Promise<OurProcess> {
  const worker = await stack.start('worker', QUICK_LOCK);
  workers.push(worker);
  return worker;
}

/** A second or more for the network, also where two engines share it. */
const FRAMES = 30;

/** A multi-frame study, long enough to be interrupted. */
const cine = (salt: string) => phantomInstance({ kind: 'ultrasound-cine', salt, frames: FRAMES });

const running = (study: string) =>
  eventually('the study to be running', async () => (await gateway.client.study(study))?.state === 'running');

async function expectExactlyOnce(phantom: ReturnType<typeof cine>): Promise<void> {
  const study = await finished(gateway.client, phantom.studyInstanceUid);
  expect(study.outcome).toBe('segmented');
  expect(study.units).toHaveLength(1);
  expect(study.units[0]!.frames!.total).toBe(FRAMES);
  expect(await segCount(gateway.client, phantom.studyInstanceUid)).toBe(1);
}

describe('nothing is lost and nothing is there twice', () => {
  it('when a worker is killed with SIGKILL in the middle of a study', async () => {
    const phantom = cine('kill');
    const victim = await startWorker();
    await gateway.client.store(phantom.bytes);
    await running(phantom.studyInstanceUid);
    await victim.stop('SIGKILL');
    expect(await segCount(gateway.client, phantom.studyInstanceUid)).toBe(0);

    await startWorker();
    await expectExactlyOnce(phantom);
  });

  // Redis writes its append-only file every second: up to a second of signals and jobs is lost with it. The cursor of
  // the change feed lies in the same file, so it goes back by as much, and the changes are read again.
  it('when Redis is killed in the middle of a study and comes back', async () => {
    const phantom = cine('redis');
    await startWorker();
    await gateway.client.store(phantom.bytes);
    await running(phantom.studyInstanceUid);
    await stack.restartRedis('SIGKILL');
    await expectExactlyOnce(phantom);
  });

  it('when worker and Redis are killed together', async () => {
    const phantom = cine('both');
    const victim = await startWorker();
    await gateway.client.store(phantom.bytes);
    await running(phantom.studyInstanceUid);
    await Promise.all([victim.stop('SIGKILL'), stack.restartRedis('SIGKILL')]);
    await startWorker();
    await expectExactlyOnce(phantom);
  });

  it('when the archive is away while studies wait', async () => {
    const phantom = cine('archive');
    await gateway.client.store(phantom.bytes);
    await eventually(
      'the study to be queued',
      async () => (await gateway.client.study(phantom.studyInstanceUid))?.state === 'queued',
    );
    const down = stack.restartOrthanc();
    await startWorker();
    await down;
    await expectExactlyOnce(phantom);
  });

  it('when the gateway is killed right after a STOW, before the quiet period has passed', async () => {
    const phantom = cine('gateway');
    const doomed = await stack.start('serve', { ESP_INTAKE_QUIET_SECONDS: '60' });
    await doomed.client.store(phantom.bytes);
    await doomed.stop('SIGKILL');
    await startWorker();
    // The other gateway sees it in the change feed; the signal the dead one kept is not needed for that.
    await expectExactlyOnce(phantom);
  });

  it('when two workers take studies at the same time', async () => {
    const phantoms = ['w1', 'w2', 'w3'].map(cine);
    await startWorker();
    await startWorker();
    for (const phantom of phantoms) await gateway.client.store(phantom.bytes);
    for (const phantom of phantoms) await expectExactlyOnce(phantom);
  });
});
