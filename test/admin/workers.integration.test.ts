import { readFileSync } from 'node:fs';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phantomInstance } from '../../src/phantom/index.js';
import {
  eventually,
  finished,
  PROJECT_ROOT,
  startStack,
  type OurProcess,
  type Stack,
} from '../support/stack.js';

interface Shown {
  readonly id: string;
  readonly pid: number;
  readonly alive: boolean;
  readonly provider: string;
  readonly model: { readonly version: string; readonly sha256: string };
  readonly current: readonly { readonly studyInstanceUid: string }[];
  readonly done1h: number;
  readonly framesPerMinute: number;
  readonly memoryMegabytes: number;
}

let stack: Stack;
let gateway: OurProcess;

beforeAll(async () => {
  stack = await startStack();
  gateway = await stack.start('serve');
});
afterAll(() => stack?.close());

const workers = async () =>
  (await request(gateway.base).get('/admin/v1/workers')).body.items as readonly Shown[];

describe('workers as the gateway shows them', () => {
  it('are what they really are, while they work, when they are killed and when they stop', async () => {
    const worker = await stack.start('worker');
    const [shown] = await workers();
    const manifest = JSON.parse(readFileSync(`${PROJECT_ROOT}/models/manifest.json`, 'utf8')) as {
      version: string;
      sha256: string;
    };
    expect(shown).toMatchObject({
      pid: worker.pid,
      alive: true,
      provider: 'cpu',
      model: { version: manifest.version, sha256: manifest.sha256 },
      current: [],
      done1h: 0,
    });
    // The engine with its model is counted.
    expect(shown!.memoryMegabytes).toBeGreaterThan(150);

    const phantom = phantomInstance({ kind: 'ultrasound-cine', salt: 'worker', frames: 30 });
    await gateway.client.store(phantom.bytes);
    const busy = await eventually('the study on the worker', async () => {
      const [now] = await workers();
      return now!.current.length > 0 ? now : undefined;
    });
    expect(busy.current[0]!.studyInstanceUid).toBe(phantom.studyInstanceUid);
    await finished(gateway.client, phantom.studyInstanceUid);
    // Its own result in the archive brings the study once more, for a run that finds nothing to do.
    const after = await eventually('the worker to be free', async () => {
      const [now] = await workers();
      return now!.done1h > 0 && now!.current.length === 0 ? now : undefined;
    });
    expect(after.framesPerMinute).toBeGreaterThan(0);

    await worker.stop('SIGKILL');
    const dead = await eventually('the killed worker not to be alive', async () => {
      const [now] = await workers();
      return now!.alive ? undefined : now;
    });
    expect(dead.id).toBe(shown!.id);

    const second = await stack.start('worker');
    expect((await workers()).map(({ alive }) => alive)).toEqual([false, true]);
    await second.stop();
    expect((await workers()).map(({ id }) => id)).toEqual([shown!.id]);
  });
});
