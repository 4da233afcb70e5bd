import { AppError } from '../../core/index.js';
import type { PictureSize } from './check-picture.js';

const SOC = 0xff4f;
const SIZ = 0xff51;
const COD = 0xff52;
const SOT = 0xff90;
const EOC = 0xffd9;

/** What the main header of a codestream says (T.800 Annex A). */
export interface J2kHeader extends PictureSize {
  /** The first three components were stored transformed (RCT or ICT); a decoder undoes that and returns RGB. */
  readonly colourTransform: boolean;
}

/**
 * Walks the main header and all tile-parts to EOC: OpenJPEG returns a black or half-black picture without an error
 * for a codestream that was cut off.
 * @throws AppError `PIXELS_INVALID`
 */
export function parseJ2k(bytes: Uint8Array): J2kHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return walk(view, codestreamStart(bytes));
  } catch (thrown) {
    // Any read behind the end.
    if (thrown instanceof RangeError) throw damaged('ends early');
    throw thrown;
  }
}

function walk(view: DataView, start: number): J2kHeader {
  if (view.getUint16(start) !== SOC || view.getUint16(start + 2) !== SIZ) throw damaged('has no SIZ segment');
  let at = start + 2;
  let colourTransform = false;
  while (view.getUint16(at) !== SOT) {
    const marker = view.getUint16(at);
    if (marker < 0xff00 || marker === EOC) throw damaged('has a damaged main header');
    // Behind length, style, progression and layers.
    if (marker === COD) colourTransform = view.getUint8(at + 8) === 1;
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  checkTileParts(view, at);
  const size = readSize(view, start + 4);
  return { ...size, colourTransform: colourTransform && size.components === 3 };
}

function checkTileParts(view: DataView, first: number): void {
  let at = first;
  while (view.getUint16(at) !== EOC) {
    if (view.getUint16(at) !== SOT) throw damaged('has a damaged tile-part');
    const length = view.getUint32(at + 6);
    if (length === 0) return checkLastTilePart(view);
    if (length < 14) throw damaged('has a damaged tile-part');
    at += length;
  }
}

/** A last tile-part of unknown length reaches to EOC; zeros may pad behind it. */
function checkLastTilePart(view: DataView): void {
  let end = view.byteLength;
  while (end > 2 && view.getUint8(end - 1) === 0) end -= 1;
  if (view.getUint16(end - 2) !== EOC) throw damaged('ends early');
}

function readSize(view: DataView, at: number): PictureSize {
  const columns = view.getUint32(at + 4) - view.getUint32(at + 12);
  const rows = view.getUint32(at + 8) - view.getUint32(at + 16);
  const components = view.getUint16(at + 36);
  const depth = view.getUint8(at + 38);
  for (let i = 0; i < components; i += 1) {
    if (view.getUint8(at + 38 + 3 * i) !== depth) throw damaged('has components of different depth');
    if (view.getUint16(at + 39 + 3 * i) !== 0x0101) throw damaged('has subsampled components');
  }
  return { rows, columns, components, precision: (depth & 0x7f) + 1 };
}

/** A JP2 file in place of a codestream is against PS3.5 §8.2.4, but exists. */
function codestreamStart(bytes: Uint8Array): number {
  if (bytes[0] === 0xff) return 0;
  const box = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('jp2c', 0, 'latin1');
  if (box < 0) throw damaged('does not start with SOC');
  return box + 4;
}

function damaged(what: string): AppError {
  return new AppError('PIXELS_INVALID', `JPEG 2000 codestream ${what}`);
}
