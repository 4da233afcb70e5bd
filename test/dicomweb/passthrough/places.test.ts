import { describe, expect, it } from 'vitest';
import { openPlaces } from '../../../src/dicomweb/passthrough/places.js';

describe('places', () => {
  it('are given to so many at a time; the others wait in their order', async () => {
    const places = openPlaces({ places: 1, waiting: 2, waitMs: 60_000 }, 'tests');
    const order: string[] = [];
    const first = await places.take();
    const second = places.take().then((release) => (order.push('second'), release));
    const third = places.take().then((release) => (order.push('third'), release));
    expect(order).toEqual([]);
    first();
    first();
    (await second)();
    (await third)();
    expect(order).toEqual(['second', 'third']);
  });

  it('that do not become free refuse, at once when too many wait', async () => {
    const places = openPlaces({ places: 1, waiting: 1, waitMs: 20 }, 'tests');
    const release = await places.take();
    const waits = places.take();
    await expect(places.take()).rejects.toMatchObject({ code: 'GATEWAY_BUSY' });
    await expect(waits).rejects.toMatchObject({ code: 'GATEWAY_BUSY' });
    release();
    // Who has given up takes no place.
    (await places.take())();
  });
});
