import { describe, expect, it } from 'vitest';
import type { EngineClient } from '../../src/model/index.js';
import { openSlotEngine } from '../../src/worker/slots/model-switch.js';
import { openSpareEngine } from '../../src/worker/slots/spare-engine.js';

/** Engines that only say what happens to them; what they compute does not matter here. */
function recorder(broken: readonly string[] = []) {
  const log: string[] = [];
  const open = (path: string): EngineClient => {
    log.push(`open ${path}`);
    return {
      load: async () => {
        if (broken.includes(path)) throw new Error(`${path} does not load`);
        return { version: path } as Awaited<ReturnType<EngineClient['load']>>;
      },
      decode: () => Promise.reject(new Error('not asked here')),
      detect: async () => undefined,
      segment: () => Promise.reject(new Error('not asked here')),
      state: () => undefined,
      pid: () => undefined,
      close: async () => void log.push(`close ${path}`),
    } as EngineClient;
  };
  return { log, open };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a spare engine', () => {
  it('is opened by the first task, kept for the next, and closed when nobody needs it', async () => {
    const { log, open } = recorder();
    const spare = openSpareEngine(open, 50);
    await spare.with('a', (engine) => engine.load());
    await spare.with('a', (engine) => engine.load());
    expect(log).toEqual(['open a']);
    await wait(150);
    expect(log).toEqual(['open a', 'close a']);
    await spare.with('a', (engine) => engine.load());
    await spare.with('b', (engine) => engine.load());
    expect(log.slice(2)).toEqual(['open a', 'close a', 'open b']);
    await spare.close();
    expect(log.at(-1)).toBe('close b');
  });

  it('does one task at a time, and a failed one does not stop the next', async () => {
    const spare = openSpareEngine(recorder().open, 1000);
    const order: string[] = [];
    const first = spare.with('a', async () => {
      order.push('first begins');
      await wait(30);
      order.push('first ends');
      throw new Error('failed');
    });
    const second = spare.with('a', async () => void order.push('second'));
    await expect(first).rejects.toThrow('failed');
    await second;
    expect(order).toEqual(['first begins', 'first ends', 'second']);
    await spare.close();
  });

  it('that is closed ends the task under way and does not start again', async () => {
    const { log, open } = recorder();
    const spare = openSpareEngine(open, 1000);
    const task = spare.with('a', async (engine) => {
      for (;;) {
        await engine.load();
        await wait(5);
      }
    });
    await wait(20);
    const closing = spare.close();
    await expect(task).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
    await closing;
    expect(log.filter((line) => line.startsWith('open'))).toEqual(['open a']);
  });
});

describe("a slot's engine", () => {
  const first = { id: 'one', manifestPath: 'a' };

  it('loads the new model before it lets go of the old one', async () => {
    const { log, open } = recorder();
    const slot = openSlotEngine(open, first);
    await slot.load();
    await slot.exchange({ id: 'two', manifestPath: 'b' });
    expect(log).toEqual(['open a', 'open b', 'close a']);
    expect([slot.modelId(), slot.model()?.version, (await slot.load()).version]).toEqual(['two', 'b', 'b']);
  });

  it('keeps the old model when the new one does not load', async () => {
    const { log, open } = recorder(['b']);
    const slot = openSlotEngine(open, first);
    await slot.load();
    await expect(slot.exchange({ id: 'two', manifestPath: 'b' })).rejects.toThrow('does not load');
    expect(log).toEqual(['open a', 'open b', 'close b']);
    expect([slot.modelId(), (await slot.load()).version]).toEqual(['one', 'a']);
  });
});
