import type { Raster } from '../../core/index.js';
import type { CropRule } from './manifest-schema.js';
import type { Size } from './logit-map.js';
import { cut, type Window } from './tiling.js';

/**
 * A picture cut to its content: black borders do not go through the network. Part of the contract with the training code,
 * where the rule is explained (`training/espmedsam/crop.py`); both find the same box.
 */

/** Lines that are left of a picture: from `start` up to `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the content of a picture lies; all of it without a rule. Where the header says which part of an ultrasound picture
 * shows tissue, borders are looked for within that part: what lies around it is a machine's frame.
 */
export function contentOf(raster: Raster, rule: CropRule | undefined): Window {
  const all = { top: 0, left: 0, height: raster.height, width: raster.width };
  if (rule === undefined) return all;
  const whole = raster.region && areaOf(raster.region) >= rule.least * areaOf(all) ? raster.region : all;
  let rows: Span = { start: whole.top, end: whole.top + whole.height };
  let columns: Span = { start: whole.left, end: whole.left + whole.width };
  for (let before = -1; before !== lengthOf(rows) + lengthOf(columns);) {
    before = lengthOf(rows) + lengthOf(columns);
    rows = trimmed(
      rows,
      (y) => brightIn(raster, rule.black, { from: y * raster.width, step: 1, span: columns }),
      lengthOf(columns) * rule.share,
    );
    columns = trimmed(
      columns,
      (x) => brightIn(raster, rule.black, { from: x, step: raster.width, span: rows }),
      lengthOf(rows) * rule.share,
    );
  }
  const area = lengthOf(rows) * lengthOf(columns);
  if (area < rule.least * areaOf(whole) || area > rule.most * areaOf(whole)) return whole;
  return { top: rows.start, left: columns.start, height: lengthOf(rows), width: lengthOf(columns) };
}

/** The content as a picture of its own; the picture itself when it is the whole of it. */
export function cutToContent(raster: Raster, content: Window): Raster {
  return isWhole(content, { rows: raster.height, columns: raster.width }) ? raster : cut(raster, content);
}

/** A mask of the content in one of the whole picture's size. */
export function putBack(mask: Uint8Array, content: Window, size: Size): Uint8Array {
  if (isWhole(content, size)) return mask;
  const full = new Uint8Array(size.rows * size.columns);
  for (let y = 0; y < content.height; y += 1) {
    const row = mask.subarray(y * content.width, (y + 1) * content.width);
    full.set(row, (content.top + y) * size.columns + content.left);
  }
  return full;
}

function areaOf({ height, width }: Window): number {
  return height * width;
}

function isWhole({ height, width }: Window, { rows, columns }: Size): boolean {
  return height === rows && width === columns;
}

/** A row or a column: pixels `from + i * step` for each i of the span. */
interface Line {
  readonly from: number;
  readonly step: number;
  readonly span: Span;
}

/** Pixels of a line one of whose colours is above `black`. Only lines at a border are ever asked for. */
function brightIn({ data }: Raster, black: number, { from, step, span }: Line): number {
  let count = 0;
  for (let i = span.start, at = 3 * (from + i * step); i < span.end; i += 1, at += 3 * step) {
    if (data[at]! > black || data[at + 1]! > black || data[at + 2]! > black) count += 1;
  }
  return count;
}

/** Takes lines off both ends that have no more than so many bright pixels. */
function trimmed({ start, end }: Span, bright: (line: number) => number, most: number): Span {
  let [first, last] = [start, end];
  while (first < last && bright(first) <= most) first += 1;
  while (last > first && bright(last - 1) <= most) last -= 1;
  return { start: first, end: last };
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}
