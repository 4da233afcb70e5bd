import type { Mask } from '../../core/index.js';
import type { PixelSpacing } from '../shared/pixel-spacing.js';
import { longestDiameter } from './longest-diameter.js';
import { maskHull } from './mask-hull.js';

/** Size of one mask, in the unit of the spacing (and its square). */
export interface MaskMeasures {
  readonly area: number;
  /** Between the two outer pixel corners that lie farthest apart; holes and concavities are crossed. */
  readonly longestDiameter: number;
}

/** Measures a mask; `[1, 1]` as spacing measures in pixels. Six digits are kept: more than any mask is good for. */
export function measureMask(mask: Mask, [row, column]: PixelSpacing): MaskMeasures {
  let pixels = 0;
  for (let i = 0; i < mask.data.length; i += 1) pixels += mask.data[i]!;
  const corners = maskHull(mask).map(({ x, y }) => ({ x: x * column, y: y * row }));
  return { area: sixDigits(pixels * row * column), longestDiameter: sixDigits(longestDiameter(corners)) };
}

function sixDigits(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}
