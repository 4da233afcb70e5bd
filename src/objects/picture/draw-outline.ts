import type { Mask } from '../../core/index.js';
import { spans, type Picture } from './picture.js';

// Cyan is no colour of tissue, skin, stain or grey picture; the dark rim sets it off from what is bright.
const LINE = [0, 229, 255] as const;
const RIM = [8, 16, 24] as const;

/** How far from the mask's edge is drawn inside it, as a part of the picture's longer side; outside it half of that. */
const LINE_SHARE = 1 / 320;
/** How much of the picture shows through a filled mask. */
const SHOWS_THROUGH = 0.6;

/**
 * The picture with the outline of a mask: a bright line just inside its edge, a dark rim just outside.
 * @param mask of the same scene in any size
 */
export function drawOutline(picture: Picture, mask: Mask): Picture {
  const { width, height } = picture;
  const inside = resample(mask, width, height);
  const outside = inside.map((value) => 1 - value);
  const line = lineWidth(picture);
  const nearOutside = grow(outside, width, height, line);
  const nearInside = grow(inside, width, height, Math.max(1, Math.round(line / 2)));
  const data = Uint8Array.from(picture.data);
  for (let index = 0; index < inside.length; index += 1) {
    if (inside[index] === 1) {
      if (nearOutside[index] === 1) data.set(LINE, 4 * index);
    } else if (nearInside[index] === 1) {
      data.set(RIM, 4 * index);
    }
  }
  return { width, height, data };
}

/** Pixels that the line is thick: as visible in a large picture as in a small one. */
const lineWidth = ({ width, height }: Pick<Picture, 'width' | 'height'>): number =>
  Math.max(2, Math.round(Math.max(width, height) * LINE_SHARE));

/**
 * The picture with the area of a mask laid over it, so that what is below still shows.
 * @param mask of the same scene in any size
 */
export function drawFilled(picture: Picture, mask: Mask): Picture {
  const { width, height } = picture;
  const inside = resample(mask, width, height);
  const data = Uint8Array.from(picture.data);
  for (let index = 0; index < inside.length; index += 1) {
    if (inside[index] !== 1) continue;
    for (const [channel, value] of LINE.entries()) {
      const at = 4 * index + channel;
      data[at] = Math.round(SHOWS_THROUGH * data[at]! + (1 - SHOWS_THROUGH) * value);
    }
  }
  return { width, height, data };
}

/**
 * The mask in the picture's size: 1 where at least half of what a pixel covers is foreground; where that leaves
 * nothing, any foreground counts.
 */
function resample(mask: Mask, width: number, height: number): Uint8Array {
  const columns = spans(width, mask.columns);
  const rows = spans(height, mask.rows);
  const half = new Uint8Array(width * height);
  const any = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let row = rows.from[y]!; row < rows.to[y]!; row += 1) {
        const start = row * mask.columns;
        for (let column = columns.from[x]!; column < columns.to[x]!; column += 1) {
          sum += mask.data[start + column]!;
        }
      }
      const covered = (rows.to[y]! - rows.from[y]!) * (columns.to[x]! - columns.from[x]!);
      if (2 * sum >= covered) half[y * width + x] = 1;
      if (sum > 0) any[y * width + x] = 1;
    }
  }
  return half.includes(1) ? half : any;
}

/** 1 for every pixel with a 1 at most `reach` columns and rows away; first along rows, then along columns. */
function grow(pixels: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  const along = growAlong(pixels, width, height, 1, width, reach);
  return growAlong(along, height, width, width, 1, reach);
}

function growAlong(
  pixels: Uint8Array,
  length: number,
  lines: number,
  step: number,
  lineStep: number,
  reach: number,
): Uint8Array {
  const grown = new Uint8Array(pixels.length);
  for (let line = 0; line < lines; line += 1) {
    const start = line * lineStep;
    for (let at = 0; at < length; at += 1) {
      if (pixels[start + at * step] === 0) continue;
      const last = Math.min(length - 1, at + reach);
      for (let near = Math.max(0, at - reach); near <= last; near += 1) grown[start + near * step] = 1;
    }
  }
  return grown;
}
