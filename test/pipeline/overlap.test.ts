import { describe, expect, it } from 'vitest';
import { overlap, type Turn } from '../../src/pipeline/overlap.js';

/** A promise that the test settles. */
function promised<T>() {
  let settle!: { resolve: (value: T) => void; reject: (error: Error) => void };
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
}

/** Items that end when the test says so. @param letting which let the next one begin at once */
function items(letting: readonly string[]) {
  const begun: string[] = [];
  const turns = new Map<string, Turn>();
  const ends = new Map<string, ReturnType<typeof promised<string>>>();
  const process = (item: string, turn: Turn) => {
    begun.push(item);
    turns.set(item, turn);
    const end = promised<string>();
    ends.set(item, end);
    if (letting.includes(item)) turn.letNextBegin();
    return end.promise;
  };
  return { begun, process, turn: (item: string) => turns.get(item)!, end: (item: string) => ends.get(item)! };
}

/** Until everything that can go on has done so. */
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));
const always = () => true;

async function collect(results: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe('an overlapped line', () => {
  it('begins an item when the one before lets it, and has two under way at most', async () => {
    const { begun, process, turn, end } = items(['b']);
    const all = collect(overlap(['a', 'b', 'c', 'd'], process, always));
    await settled();
    expect(begun).toEqual(['a']);
    turn('a').letNextBegin();
    await settled();
    // `b` would let the next one begin, but `a` has not ended.
    expect(begun).toEqual(['a', 'b']);
    end('b').resolve('B');
    await settled();
    expect(begun).toEqual(['a', 'b']);
    end('a').resolve('A');
    await settled();
    expect(begun).toEqual(['a', 'b', 'c']);
    end('c').resolve('C');
    await settled();
    end('d').resolve('D');
    expect(await all).toEqual(['A', 'B', 'C', 'D']);
  });

  it('begins the next one when an item has ended without letting it', async () => {
    const { begun, process, end } = items([]);
    const all = collect(overlap(['a', 'b'], process, always));
    await settled();
    expect(begun).toEqual(['a']);
    end('a').resolve('A');
    await settled();
    expect(begun).toEqual(['a', 'b']);
    end('b').resolve('B');
    expect(await all).toEqual(['A', 'B']);
  });

  it('has one under way where two may not be', async () => {
    const { begun, process, end } = items(['a', 'b', 'c']);
    const all = collect(overlap(['a', 'b', 'c'], process, (one, next) => one === 'b' && next === 'c'));
    await settled();
    expect(begun).toEqual(['a']);
    end('a').resolve('A');
    await settled();
    expect(begun).toEqual(['a', 'b', 'c']);
    for (const item of ['b', 'c']) end(item).resolve(item.toUpperCase());
    expect(await all).toEqual(['A', 'B', 'C']);
  });

  it('tells an item that it is its turn when the one before has ended', async () => {
    const { process, turn, end } = items(['a']);
    const all = collect(overlap(['a', 'b'], process, always));
    await settled();
    let isTurn = false;
    const mine = turn('b')
      .mine()
      .then(() => (isTurn = true));
    await settled();
    expect(isTurn).toBe(false);
    end('a').resolve('A');
    await mine;
    end('b').resolve('B');
    expect(await all).toEqual(['A', 'B']);
  });

  it('throws what the first item threw, in their order, begins none any more and waits for what is under way', async () => {
    const { begun, process, turn, end } = items(['a', 'b']);
    let over = false;
    const failed = expect(
      collect(overlap(['a', 'b', 'c'], process, always)).finally(() => (over = true)),
    ).rejects.toThrow('of a');
    await settled();
    end('a').reject(new Error('of a'));
    await settled();
    expect([over, turn('b').isHalted()]).toEqual([false, true]);
    await expect(turn('b').mine()).rejects.toThrow('of a');
    end('b').reject(new Error('of b'));
    await failed;
    expect(begun).toEqual(['a', 'b']);
  });

  it('waits for what is under way when the loop is left', async () => {
    const { begun, process, turn, end } = items(['a', 'b']);
    let over = false;
    const left = (async () => {
      for await (const result of overlap(['a', 'b', 'c'], process, always)) if (result === 'A') break;
      over = true;
    })();
    await settled();
    end('a').resolve('A');
    await settled();
    expect([over, turn('b').isHalted()]).toEqual([false, true]);
    await expect(turn('b').mine()).rejects.toMatchObject({ code: 'CANCELLED' });
    end('b').resolve('B');
    await left;
    expect(begun).toEqual(['a', 'b']);
  });
});
