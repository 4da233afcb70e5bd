import { describe, expect, it } from 'vitest';
import { meanOverViews } from '../../src/model/network/mirroring.js';

const SIZE = 4;
/** Three planes of 4 x 4, every value another one. */
const image = Float32Array.from({ length: 3 * SIZE * SIZE }, (_, i) => i);

/** Answers with the first plane as it was given, and keeps what it was given. */
function answering() {
  const seen: Float32Array[] = [];
  const run = (given: Float32Array) => {
    seen.push(given);
    return Promise.resolve({ values: given.slice(0, SIZE * SIZE), side: SIZE });
  };
  return { seen, run };
}

describe('Views of a picture', () => {
  it('are mirrored left to right, then up to down, then both ways', async () => {
    const { seen, run } = answering();
    await meanOverViews(image, { size: SIZE }, 4, run);
    const firstRows = seen.map((given) => Array.from(given.slice(0, SIZE)));
    expect(firstRows).toEqual([
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [12, 13, 14, 15],
      [15, 14, 13, 12],
    ]);
    // Each plane by itself: red stays red.
    expect(Array.from(seen[3]!.slice(16, 20))).toEqual([31, 30, 29, 28]);
  });

  it.each([1, 2, 4])('are mirrored back before %i answers are averaged', async (views) => {
    const { seen, run } = answering();
    const { values, side } = await meanOverViews(image, { size: SIZE }, views, run);
    expect(seen).toHaveLength(views);
    expect(side).toBe(SIZE);
    expect(Array.from(values)).toEqual(Array.from(image.slice(0, SIZE * SIZE)));
  });

  it('count alike', async () => {
    // The network answers 1 everywhere to the picture as it is and 0 to its mirror image.
    const run = (given: Float32Array) =>
      Promise.resolve({ values: new Float32Array(4).fill(given[0] === 0 ? 1 : 0), side: 2 });
    const { values } = await meanOverViews(image, { size: SIZE }, 2, run);
    expect(Array.from(values)).toEqual([0.5, 0.5, 0.5, 0.5]);
  });
});
