import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startStack, type OurProcess, type Stack } from '../support/stack.js';

let stack: Stack;
const started: OurProcess[] = [];

beforeAll(async () => {
  stack = await startStack();
  for (const role of ['serve', 'worker', 'all'] as const) started.push(await stack.start(role));
  await stack.stopRedis();
});
afterAll(() => stack?.close());

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('SIGTERM while Redis is away', () => {
  it('ends gateway and worker, which wait for Redis no longer than ten seconds', async () => {
    for (const { pid } of started) process.kill(pid, 'SIGTERM');
    for (const { pid, output } of started) {
      await eventually(`process to end; its log:\n${output().slice(-800)}`, async () => !isAlive(pid));
    }
    expect(started.map(({ output }) => output()).join('')).toContain(
      'stopping: running studies are finished first',
    );
  });
});
