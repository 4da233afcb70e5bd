import type { PNG } from 'pngjs';
import type { Mask } from '../../../src/core/index.js';

/** Red, green and blue, 0–255. */
export type Color = readonly [number, number, number];

/** Part of a picture, in its pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where two pictures of a viewport are compared: without the rim, on which the viewer writes and draws buttons. */
function innerRegion({ width, height }: PNG): Region {
  const [x, y] = [Math.round(width * 0.02), Math.round(height * 0.07)];
  return { x, y, width: width - 2 * x, height: height - 2 * y };
}

/** Whether two pictures are the same but for a few pixels (a clock, a fading button). */
export function samePicture(a: PNG, b: PNG): boolean {
  if (a.width !== b.width || a.height !== b.height) return false;
  let different = 0;
  for (let i = 0; i < a.data.length; i += 4) if (distance(a, b, i) > 12) different += 1;
  return different <= (a.width * a.height) / 5000;
}

/** Share 0–1 of the region's pixels that changed towards the colour. */
export function overlayShare(
  before: PNG,
  after: PNG,
  color: Color,
  region: Region = innerRegion(before),
): number {
  let count = 0;
  forEachPixel(region, before.width, (i) => {
    if (isTinted(before, after, i, color)) count += 1;
  });
  return count / (region.width * region.height);
}

/**
 * Agreement (Dice, 0–1) of the pixels that changed towards the colour with the true mask, drawn where the viewer
 * draws the image: as large as fits, in the middle.
 */
export function overlayAgreement(before: PNG, after: PNG, color: Color, mask: Mask): number {
  const { width, height } = before;
  const zoom = Math.min(width / mask.columns, height / mask.rows);
  const left = (width - mask.columns * zoom) / 2;
  const top = (height - mask.rows * zoom) / 2;
  let [both, shown, meant] = [0, 0, 0];
  forEachPixel(innerRegion(before), width, (i, x, y) => {
    const column = Math.floor((x + 0.5 - left) / zoom);
    const row = Math.floor((y + 0.5 - top) / zoom);
    const outside = column < 0 || row < 0 || column >= mask.columns || row >= mask.rows;
    const truth = !outside && mask.data[row * mask.columns + column] === 1;
    const tinted = isTinted(before, after, i, color);
    if (truth) meant += 1;
    if (tinted) shown += 1;
    if (truth && tinted) both += 1;
  });
  return meant + shown === 0 ? 1 : (2 * both) / (meant + shown);
}

/** The pixel changed, and is nearer to the colour than before. */
function isTinted(before: PNG, after: PNG, i: number, color: Color): boolean {
  return distance(before, after, i) > 12 && colorDistance(after, i, color) < colorDistance(before, i, color);
}

function forEachPixel(
  region: Region,
  stride: number,
  visit: (i: number, x: number, y: number) => void,
): void {
  for (let y = region.y; y < region.y + region.height; y += 1) {
    for (let x = region.x; x < region.x + region.width; x += 1) visit((y * stride + x) * 4, x, y);
  }
}

/** Largest difference of the three parts of one pixel. */
function distance(a: PNG, b: PNG, i: number): number {
  return Math.max(...[0, 1, 2].map((part) => Math.abs(a.data[i + part]! - b.data[i + part]!)));
}

function colorDistance(picture: PNG, i: number, color: Color): number {
  return Math.hypot(...[0, 1, 2].map((part) => picture.data[i + part]! - color[part]!));
}
