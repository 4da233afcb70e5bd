import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EngineRequest, EngineResponse } from '../../src/model/process/protocol.js';
import { buildEngineMain } from './build-engine-main.js';
import { describe8, syntheticFrame } from './pictures.js';
import { writeTinyModel } from './tiny-model.js';

let main = '';
const children: ChildProcess[] = [];

beforeAll(() => {
  main = buildEngineMain();
}, 60_000);

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(): { child: ChildProcess; output: () => string } {
  const child = fork(main, [], { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  children.push(child);
  let output = '';
  child.stdout!.on('data', (chunk) => (output += String(chunk)));
  child.stderr!.on('data', (chunk) => (output += String(chunk)));
  return { child, output: () => output };
}

async function ask(child: ChildProcess, request: EngineRequest): Promise<EngineResponse> {
  const answer = new Promise<EngineResponse>((resolve, reject) => {
    const listen = (response: EngineResponse) => {
      if (response.id !== request.id) return;
      child.off('message', listen);
      resolve(response);
    };
    child.on('message', listen);
    child.once('exit', (code, signal) => reject(new Error(`engine ended: ${signal ?? code}`)));
  });
  child.send(request);
  return answer;
}

const load = (id: number): EngineRequest => ({
  id,
  type: 'load',
  options: { manifestPath: writeTinyModel({ detector: true }), threads: 1, provider: 'cpu' },
});

const pixels = describe8();
const frame = { bytes: syntheticFrame(pixels), transferSyntaxUid: '1.2.840.10008.1.2.1', pixels };

describe('the engine process', { timeout: 60_000 }, () => {
  it('loads, detects and segments, in the order asked', async () => {
    const { child, output } = start();
    const answers = await Promise.all([
      ask(child, load(1)),
      ask(child, { id: 2, type: 'detect', frame }),
      ask(child, { id: 3, type: 'segment', frame, channel: 'xray' }),
    ]);
    expect(answers.map(({ id, ok }) => [id, ok])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
    const segmented = answers[2]!;
    expect(segmented.ok && 'mask' in segmented.result! && segmented.result.mask).toHaveLength(37 * 52);
    expect(output()).toBe('');
  });

  it('answers errors with code and message, and prints nothing', async () => {
    const { child, output } = start();
    expect(await ask(child, { id: 1, type: 'detect', frame })).toMatchObject({
      ok: false,
      code: 'MODEL_INVALID',
    });
    await ask(child, load(2));
    const damaged = { ...frame, bytes: frame.bytes.subarray(4) };
    expect(await ask(child, { id: 3, type: 'segment', frame: damaged, channel: 'xray' })).toMatchObject({
      ok: false,
      code: 'PIXELS_INVALID',
    });
    const jpeg = { ...frame, transferSyntaxUid: '1.2.840.10008.1.2.4.50' };
    expect(await ask(child, { id: 4, type: 'segment', frame: jpeg, channel: 'xray' })).toMatchObject({
      ok: false,
    });
    expect(await ask(child, { id: 5, type: 'segment', frame, channel: 'xray' })).toMatchObject({ ok: true });
    expect(output()).toBe('');
  });

  it('killed while it works, it is seen by its parent', async () => {
    const { child } = start();
    await ask(child, load(1));
    const pending = ask(child, { id: 2, type: 'segment', frame, channel: 'xray' });
    child.kill('SIGKILL');
    await expect(pending).rejects.toThrow('engine ended: SIGKILL');
  });

  it('crashed, it ends with a code and without a trace of data', async () => {
    const { child, output } = start();
    const ended = once(child, 'exit');
    child.send(null as unknown as EngineRequest);
    expect(await ended).toEqual([70, null]);
    expect(output()).toBe('');
  });

  it('ends when its parent lets go', async () => {
    const { child } = start();
    await ask(child, load(1));
    const ended = once(child, 'exit');
    child.disconnect();
    expect(await ended).toEqual([0, null]);
  });
});
