import { describe, expect, it } from 'vitest';
import { type Logits, meanOverViews, viewsOf } from '../../src/model/network/mirroring.js';

const SIZE = 4;
/** Three planes of 4 x 4, every value another one. */
const image = Float32Array.from({ length: 3 * SIZE * SIZE }, (_, i) => i);

/** A network that answers with the first plane as it was given. */
const firstPlane = (given: Float32Array): Logits => ({ values: given.slice(0, SIZE * SIZE), side: SIZE });

const meanOf = (views: number, run: (given: Float32Array) => Logits) =>
  meanOverViews([...viewsOf(image, { size: SIZE }, views)].map(run));

describe('Views of a picture', () => {
  it('are mirrored left to right, then up to down, then both ways', () => {
    const seen = [...viewsOf(image, { size: SIZE }, 4)];
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

  it.each([1, 2, 4])('are mirrored back before %i answers are averaged', (views) => {
    expect([...viewsOf(image, { size: SIZE }, views)]).toHaveLength(views);
    const { values, side } = meanOf(views, firstPlane);
    expect(side).toBe(SIZE);
    expect(Array.from(values)).toEqual(Array.from(image.slice(0, SIZE * SIZE)));
  });

  it('count alike', () => {
    // The network answers 1 everywhere to the picture as it is and 0 to its mirror image.
    const run = (given: Float32Array) => ({
      values: new Float32Array(4).fill(given[0] === 0 ? 1 : 0),
      side: 2,
    });
    const { values } = meanOf(2, run);
    expect(Array.from(values)).toEqual([0.5, 0.5, 0.5, 0.5]);
  });
});
