import { describe, expect, it } from 'vitest';
import { openSegCache } from '../../src/admin/studies/preview/seg-cache.js';
import type { Uid } from '../../src/core/index.js';

/** Any time; a clock that stands at 0 is none to the cache. */
const START_MS = 1000;
const uid = (n: number) => `1.2.3.${n}` as Uid;

/** A cache for a thousand bytes, and the SEGs that were fetched for it. */
function open() {
  const fetched: number[] = [];
  const clock = { ms: START_MS };
  const cache = openSegCache(1000, () => clock.ms);
  const get = (n: number, bytes = 300) =>
    cache.get(uid(n), async () => {
      fetched.push(n);
      return { header: {}, pixels: new Uint8Array(bytes) };
    });
  return { fetched, clock, cache, get };
}

describe('the SEGs kept for previews', () => {
  it('take no more than the bytes allowed: the oldest go first', async () => {
    const { fetched, get } = open();
    for (const n of [1, 2, 3, 1, 2, 3]) await get(n);
    expect(fetched).toEqual([1, 2, 3]);
    await get(4);
    for (const n of [4, 3, 2]) await get(n);
    expect(fetched).toEqual([1, 2, 3, 4]);
    await get(1);
    expect(fetched).toEqual([1, 2, 3, 4, 1]);
  });

  it('do not hold one that is too large alone, but show it', async () => {
    const { fetched, get } = open();
    expect((await get(1, 2000))?.pixels).toHaveLength(2000);
    await get(1, 2000);
    expect(fetched).toEqual([1, 1]);
  });

  it('are forgotten after two minutes, however often they were asked for', async () => {
    const { fetched, clock, get } = open();
    for (let seconds = 0; seconds <= 120; seconds += 10) {
      clock.ms = START_MS + seconds * 1000;
      await get(1);
    }
    expect(fetched).toEqual([1]);
    clock.ms += 1;
    await get(1);
    expect(fetched).toEqual([1, 1]);
  });

  it('are not mixed up with one whose fetch failed', async () => {
    const { fetched, cache, get } = open();
    const broken = cache.get(uid(1), () => Promise.reject(new Error('away')));
    await expect(broken).rejects.toThrow('away');
    expect(await cache.get(uid(1), async () => undefined)).toBeUndefined();
    await get(1);
    expect(fetched).toEqual([1]);
  });
});
