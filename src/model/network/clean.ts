import type { Size } from './logit-map.js';

/**
 * Islands and holes that are smaller than what a channel can contain are taken out of a mask. Part of the contract with
 * the training code (`training/espmedsam/clean.py`), which chose the limits.
 */

/** What is too small; what is absent leaves all as it is. */
export interface CleanRule {
  /** Smallest island, as a share of the picture's (the content's) area. */
  readonly minIsland?: number | undefined;
  /** Smallest island, as a share of the largest one's area. */
  readonly minIslandOfLargest?: number | undefined;
  /** Holes below this share of the picture's area are filled; what is open to the picture's edge is no hole. */
  readonly fillHoles?: number | undefined;
}

/** Cleans a mask in place: islands go first, then the holes that are left. */
export function clean(mask: Uint8Array, size: Size, rule: CleanRule | undefined): void {
  if (rule === undefined || !mask.includes(1)) return;
  const { minIsland = 0, minIslandOfLargest = 0, fillHoles = 0 } = rule;
  if (minIsland > 0 || minIslandOfLargest > 0) {
    // Pixels that touch at an edge or a corner are of one island.
    const islands = regionsOf(mask, 1, size, true);
    const largest = islands.reduce((most, { pixels }) => Math.max(most, pixels.length), 0);
    const least = Math.max(minIsland * mask.length, minIslandOfLargest * largest);
    for (const { pixels } of islands) if (pixels.length < least) set(mask, pixels, 0);
  }
  if (fillHoles > 0) {
    for (const { pixels, atEdge } of regionsOf(mask, 0, size, false)) {
      if (!atEdge && pixels.length < fillHoles * mask.length) set(mask, pixels, 1);
    }
  }
}

interface Region {
  readonly pixels: Int32Array;
  /** Whether it reaches the picture's edge. */
  readonly atEdge: boolean;
}

function set(mask: Uint8Array, pixels: Int32Array, value: 0 | 1): void {
  for (const at of pixels) mask[at] = value;
}

/** The regions of pixels of a value that touch at an edge or, if `corners`, at a corner. */
function regionsOf(mask: Uint8Array, value: 0 | 1, { rows, columns }: Size, corners: boolean): Region[] {
  const seen = new Uint8Array(mask.length);
  const found = new Int32Array(mask.length);
  const regions: Region[] = [];
  let end = 0;
  const visit = (at: number) => {
    if (mask[at] !== value || seen[at] === 1) return;
    seen[at] = 1;
    found[end++] = at;
  };
  for (let first = 0; first < mask.length; first += 1) {
    const start = end;
    let atEdge = false;
    visit(first);
    // What is found is also what is still to be looked at from.
    for (let next = start; next < end; next += 1) {
      const at = found[next]!;
      const y = Math.floor(at / columns);
      const x = at - y * columns;
      if (x === 0 || y === 0 || x === columns - 1 || y === rows - 1) atEdge = true;
      for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v += 1) {
        for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u += 1) {
          if (corners || u === x || v === y) visit(v * columns + u);
        }
      }
    }
    if (end > start) regions.push({ pixels: found.subarray(start, end), atEdge });
  }
  return regions;
}
