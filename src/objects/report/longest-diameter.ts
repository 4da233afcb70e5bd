import { turn, type Point } from './mask-hull.js';

/**
 * The greatest distance between two corners of a convex polygon, by rotating calipers (Shamos 1978): for every edge
 * the corner farthest from it moves on in the same direction, so all pairs that matter are met in one round.
 * @param polygon corners in a circle, either way round
 */
export function longestDiameter(polygon: readonly Point[]): number {
  const count = polygon.length;
  if (count < 3) return count === 2 ? distance(polygon[0]!, polygon[1]!) : 0;
  let longest = 0;
  let far = 1;
  for (let i = 0; i < count; i += 1) {
    const [from, to] = [polygon[i]!, polygon[(i + 1) % count]!];
    const height = (corner: number) => Math.abs(turn(from, to, polygon[corner % count]!));
    while (height(far + 1) > height(far)) far = (far + 1) % count;
    // The next corner too: where two edges are parallel both its ends are farthest.
    for (const corner of [polygon[far]!, polygon[(far + 1) % count]!]) {
      longest = Math.max(longest, distance(from, corner), distance(to, corner));
    }
  }
  return longest;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
