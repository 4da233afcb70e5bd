import type { Mask } from '../../core/index.js';

/** A point in the plane of the picture; `x` to the right, `y` down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The convex hull of a mask's pixels, as corners of pixels (whole numbers) in a circle without points between two
 * others on one line; empty for an empty mask. Andrew's monotone chain on the outermost pixels of each row.
 */
export function maskHull(mask: Mask): readonly Point[] {
  const corners = outerCorners(mask);
  if (corners.length === 0) return [];
  const there = halfHull(corners);
  const back = halfHull([...corners].reverse());
  return [...there.slice(0, -1), ...back.slice(0, -1)];
}

/** The corners that can be on the hull, from top to bottom, and from left to right at the same height. */
function outerCorners({ rows, columns, data }: Mask): readonly Point[] {
  const corners: Point[] = [];
  // Left and right end at every height between two rows: of the row above and the row below.
  let above: readonly [number, number] | undefined;
  for (let y = 0; y <= rows; y += 1) {
    const below = y < rows ? extent(data, y * columns, columns) : undefined;
    const ends = [...(above ?? []), ...(below ?? [])];
    if (ends.length > 0) corners.push({ x: Math.min(...ends), y }, { x: Math.max(...ends), y });
    above = below;
  }
  return corners;
}

/** Left end of the first and right end of the last foreground pixel of a row. */
function extent(data: Uint8Array, from: number, columns: number): readonly [number, number] | undefined {
  let left = 0;
  while (left < columns && data[from + left] === 0) left += 1;
  if (left === columns) return undefined;
  let right = columns - 1;
  while (data[from + right] === 0) right -= 1;
  return [left, right + 1];
}

function halfHull(points: readonly Point[]): Point[] {
  const hull: Point[] = [];
  for (const point of points) {
    while (hull.length > 1 && turn(hull[hull.length - 2]!, hull[hull.length - 1]!, point) <= 0) hull.pop();
    hull.push(point);
  }
  return hull;
}

/** Twice the signed area of a triangle: positive when it turns the way the hull runs. */
export function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}
