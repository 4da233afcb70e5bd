import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { openEngineLine } from '../../src/model/process/engine-line.js';

/** Longer than any test lasts: who waits so long waits for ever. */
const FOR_EVER_MS = 600_000;

/** A line whose items are words, which fit where their first letters are the same. What is asked is answered when released. */
function openLine(options: { most?: number; waitMs?: number; fail?: (item: string) => boolean } = {}) {
  const asked: string[][] = [];
  const release: (() => void)[] = [];
  let emptied = 0;
  const line = openEngineLine<string, string>({
    emptied: () => (emptied += 1),
    fits: (first, other) => first[0] === other[0],
    most: () => options.most ?? 4,
    waitMs: options.waitMs ?? 0,
    ask: async (items) => {
      asked.push([...items]);
      await new Promise<void>((resolve) => release.push(resolve));
      return Promise.allSettled(
        items.map(async (item) => {
          if (options.fail?.(item)) throw new Error(item);
          return item.toUpperCase();
        }),
      );
    },
  });
  /** Lets what is asked by now be answered. */
  const answer = async () => {
    await vi.waitFor(() => expect(release).not.toEqual([]));
    for (const one of release.splice(0)) one();
  };
  return { line, asked, answer, emptied: () => emptied };
}

describe('the line of an engine', () => {
  it('asks at once about one that comes alone, and about those behind it together', async () => {
    const { line, asked, answer, emptied } = openLine({ waitMs: FOR_EVER_MS });
    const first = line.together('a1');
    await vi.waitFor(() => expect(asked).toEqual([['a1']]));
    const others = ['a2', 'a3', 'a4', 'a5', 'a6'].map((item) => line.together(item));
    await answer();
    expect(await first).toBe('A1');
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[1]).toEqual(['a2', 'a3', 'a4', 'a5']);
    const behind = ['a7', 'a8', 'a9'].map((item) => line.together(item));
    await answer();
    await vi.waitFor(() => expect(asked[2]).toEqual(['a6', 'a7', 'a8', 'a9']));
    expect(emptied()).toBe(0);
    await answer();
    expect(await Promise.all([...others, ...behind])).toEqual(
      ['a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9'].map((item) => item.toUpperCase()),
    );
    await vi.waitFor(() => expect(emptied()).toBe(1));
  });

  it('asks about those apart that do not fit, and keeps their order', async () => {
    const { line, asked, answer } = openLine();
    const all = ['a1', 'b1', 'a2', 'b2', 'c1'].map((item) => line.together(item));
    for (let batch = 0; batch < 3; batch += 1) await answer();
    await Promise.all(all);
    expect(asked).toEqual([['a1', 'a2'], ['b1', 'b2'], ['c1']]);
  });

  it('gives each its own answer, and to one that fails its own error', async () => {
    const { line, answer } = openLine({ fail: (item) => item === 'a2' });
    const all = Promise.allSettled(['a1', 'a2', 'a3'].map((item) => line.together(item)));
    await answer();
    expect((await all).map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
      'A1',
      'a2',
      'A3',
    ]);
  });

  it('runs what goes alone at its turn, one after the other, and after one that failed', async () => {
    const { line, asked, answer } = openLine();
    const order: string[] = [];
    const first = line.together('a1');
    const alone = line.alone(async () => void order.push('alone'));
    const failed = line.alone(() => Promise.reject(new Error('as wanted')));
    const last = line.alone(async () => void order.push('last'));
    const refused = expect(failed).rejects.toThrow('as wanted');
    await vi.waitFor(() => expect(asked).toEqual([['a1']]));
    expect(order).toEqual([]);
    await answer();
    await Promise.all([first, alone, refused, last]);
    expect(order).toEqual(['alone', 'last']);
  });

  /** A line whose last batch had company. */
  async function afterCompany(waitMs: number) {
    const opened = openLine({ waitMs });
    const both = ['a1', 'a2'].map((item) => opened.line.together(item));
    await opened.answer();
    await Promise.all(both);
    opened.asked.length = 0;
    return opened;
  }

  it('after company waits for more, and goes as soon as the batch is full', async () => {
    const { line, asked, answer } = await afterCompany(FOR_EVER_MS);
    const all = ['a3', 'a4', 'a5'].map((item) => line.together(item));
    await wait(20);
    expect(asked).toEqual([]);
    all.push(line.together('a6'));
    await answer();
    await Promise.all(all);
    expect(asked).toEqual([['a3', 'a4', 'a5', 'a6']]);
  });

  it('waits no longer than it may', async () => {
    const { line, asked, answer } = await afterCompany(40);
    const began = performance.now();
    const lone = line.together('a3');
    await answer();
    await lone;
    expect(performance.now() - began).toBeGreaterThanOrEqual(39);
    expect(asked).toEqual([['a3']]);
  });

  it('after one that was alone waits for nobody', async () => {
    const { line, asked, answer } = openLine({ waitMs: FOR_EVER_MS });
    for (const item of ['a1', 'a2']) {
      const lone = line.together(item);
      await answer();
      expect(await lone).toBe(item.toUpperCase());
    }
    expect(asked).toEqual([['a1'], ['a2']]);
  });

  it('never waits when the cap is 0', async () => {
    const { line, asked, answer } = await afterCompany(0);
    const lone = line.together('a3');
    await answer();
    await lone;
    expect(asked).toEqual([['a3']]);
  });

  it.each(['a task', 'an item that does not fit'])('ends the waiting for %s behind it', async (behind) => {
    const { line, asked, answer } = await afterCompany(FOR_EVER_MS);
    const lone = line.together('a3');
    await wait(20);
    expect(asked).toEqual([]);
    const isTask = behind === 'a task';
    const other = isTask ? line.alone(async () => 'done') : line.together('b1');
    await answer();
    expect(await lone).toBe('A3');
    if (!isTask) await answer();
    expect(await other).toBe(isTask ? 'done' : 'B1');
    expect(asked).toEqual(isTask ? [['a3']] : [['a3'], ['b1']]);
  });
});
