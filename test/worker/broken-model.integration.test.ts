import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phantomInstance } from '../../src/phantom/index.js';
import { writeBrightModel } from '../support/bright-model.js';
import { eventually, finished, type OurProcess, startStack, type Stack } from '../support/stack.js';

let stack: Stack;
let ours: OurProcess;
let modelFile: string;

beforeAll(async () => {
  const manifest = writeBrightModel();
  modelFile = join(
    dirname(manifest),
    readdirSync(dirname(manifest)).find((name) => name.endsWith('.onnx'))!,
  );
  stack = await startStack();
  ours = await stack.start('all', { ESP_MODEL_MANIFEST: manifest, ESP_WORKER_BACKOFF_SECONDS: '0.2' });
});
afterAll(() => stack?.close());

const send = async (salt: string) => {
  const phantom = phantomInstance({ kind: 'dermoscopy', salt, width: 96, height: 64 });
  await ours.client.store(phantom.bytes);
  return phantom.studyInstanceUid;
};
const workers = async () =>
  ((await (await fetch(`${ours.base}/admin/v1/workers`)).json()) as { items: { problem: unknown }[] }).items;
const readiness = async () => {
  const answer = await fetch(`${ours.base}/readyz`);
  return { status: answer.status, body: (await answer.json()) as { checks: { workers: unknown } } };
};

/** Kills the engine, as a machine without memory does: it must load its model again. */
function killEngine(): void {
  const children = readFileSync(`/proc/${ours.pid}/task/${ours.pid}/children`, 'utf8').trim().split(' ');
  for (const child of children) {
    const command = readFileSync(`/proc/${child}/cmdline`, 'utf8');
    if (command.includes('engine-main')) process.kill(Number(child), 'SIGKILL');
  }
}

describe('a worker whose model file breaks', () => {
  it('takes no studies and says so; none of them fails, and all are done once the file is right again', async () => {
    expect((await finished(ours.client, await send('before'))).outcome).toBe('segmented');
    const right = readFileSync(modelFile);
    writeFileSync(modelFile, 'no model any more');
    killEngine();
    const studies = await Promise.all(['a', 'b', 'c'].map((salt) => send(`broken-${salt}`)));
    await eventually('the problem in the heartbeat', async () =>
      (await workers()).some(({ problem }) => problem !== null),
    );
    expect(await workers()).toMatchObject([{ problem: { code: 'MODEL_BROKEN' } }]);
    // The gateway keeps an answer of /readyz for two seconds.
    await eventually('that /readyz refuses', async () => (await readiness()).status === 503);
    expect(await readiness()).toMatchObject({
      status: 503,
      body: { checks: { workers: { status: 'failing', code: 'MODEL_BROKEN' } } },
    });
    // Long enough for every study to have failed in a row.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    for (const study of studies) {
      const view = await ours.client.study(study);
      expect(view?.outcome).toBeUndefined();
      expect(view?.events.some(({ event }) => event === 'failed')).toBe(false);
    }
    writeFileSync(modelFile, right);
    for (const study of studies) {
      expect((await finished(ours.client, study)).outcome).toBe('segmented');
    }
    await eventually('that /readyz is content again', async () => (await readiness()).status === 200);
  });
});
