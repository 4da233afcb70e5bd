import { TAG } from '../attributes.js';
import type { Reading } from './read-in-pieces.js';

/** How a data set is encoded. */
export interface DatasetEncoding {
  readonly explicit: boolean;
  readonly bigEndian: boolean;
}

/** What a data set is asked for as it passes. */
export interface DatasetHooks {
  /** Called when a sequence or an item begins, with how many sequences lie within each other. @returns false to read no further */
  readonly onDepth: (depth: number) => boolean;
  /** Tags of the outermost level whose text is wanted, of 64 bytes at most. */
  readonly wanted: ReadonlySet<string>;
  readonly onText: (tag: string, text: string) => void;
}

const UNDEFINED = 0xffffffff;
/** Item, Item Delimitation Item, Sequence Delimitation Item (PS3.5 §7.5): of group FFFE, which no dictionary lists. */
const DELIMITERS = 'FFFE';
const [ITEM, ITEM_END, SEQUENCE_END] = ['E000', 'E00D', 'E0DD'].map((element) => DELIMITERS + element);
const MAX_TEXT = 64;
/** Value representations whose length has two bytes (PS3.5 §7.1.2). */
const SHORT = /^(?:AE|AS|AT|CS|DA|DS|DT|FD|FL|IS|LO|LT|PN|SH|SL|SS|ST|TM|UI|UL|US)$/;

interface Level {
  readonly kind: 'sequence' | 'item' | 'fragments';
  /** Position behind it; undefined when a delimiter ends it. */
  readonly end: number | undefined;
  readonly explicit: boolean;
}

/** The length of an element's header, and of its value. */
export function elementHead(
  head: Buffer,
  { explicit, bigEndian }: DatasetEncoding,
): { vr: string; bytes: 8 | 12; length: number | undefined } {
  if (!explicit) return { vr: '', bytes: 8, length: bigEndian ? head.readUInt32BE(4) : head.readUInt32LE(4) };
  const vr = head.toString('latin1', 4, 6);
  // What is no VR at all is read as one with a short length, as the usual toolkits do.
  if (SHORT.test(vr) || !/^[A-Z]{2}$/.test(vr)) {
    return { vr, bytes: 8, length: bigEndian ? head.readUInt16BE(6) : head.readUInt16LE(6) };
  }
  return { vr, bytes: 12, length: undefined };
}

/**
 * Reads a data set (PS3.5 §7) without its values, and tells how deep it is at the beginning of each sequence. A sequence of
 * implicit representation is known by the item that it begins with: what a dictionary knows is not needed.
 */
export function* readDataset(
  encoding: DatasetEncoding,
  hooks: DatasetHooks,
  position: () => number,
): Reading {
  const { bigEndian } = encoding;
  const levels: Level[] = [];
  const u16 = (bytes: Buffer, at: number) => (bigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at));
  const u32 = (bytes: Buffer, at: number) => (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  const tagAt = (bytes: Buffer, at: number) => hex(u16(bytes, at)) + hex(u16(bytes, at + 2));
  /** A length that is wrong leads no further than what encloses it. */
  const within = (length: number) => {
    const end = levels.findLast((level) => level.end !== undefined)?.end;
    return end === undefined ? length : Math.max(0, Math.min(length, end - position()));
  };
  const endOf = (length: number) => (length === UNDEFINED ? undefined : position() + within(length));
  /**
   * Opens a level. Sequences hold items, and items sequences: items in items, which no data set has, count as well, so that a
   * body of nothing but their tags does not fill the memory. @returns false to read no further
   */
  const open = (level: Level) => hooks.onDepth(Math.ceil(levels.push(level) / 2));

  for (;;) {
    while (levels.length > 0 && (levels.at(-1)!.end ?? Infinity) <= position()) levels.pop();
    const top = levels.at(-1);
    const explicit = top?.explicit ?? encoding.explicit;
    const head = yield { see: 8 };
    const tag = tagAt(head, 0);

    if (tag === ITEM || tag === ITEM_END || tag === SEQUENCE_END) {
      const length = u32(head, 4);
      yield { skip: 8 };
      if (tag === ITEM_END && top?.kind === 'item') levels.pop();
      else if (tag === SEQUENCE_END) closeSequence(levels);
      else if (tag === ITEM && top?.kind === 'fragments') yield { skip: within(length) };
      else if (tag === ITEM && !open({ kind: 'item', end: endOf(length), explicit })) return;
      continue;
    }

    const { vr, bytes, length: short } = elementHead(head, { explicit, bigEndian });
    const length = short ?? u32(yield { see: 12 }, 8);
    const isOpaque = tag === TAG.PixelData;
    let isSequence = vr === 'SQ' || (length === UNDEFINED && !isOpaque);
    if (!isSequence && (vr === '' || vr === 'UN') && length >= 8 && length !== UNDEFINED && !isOpaque) {
      isSequence = tagAt(yield { see: bytes + 4 }, bytes) === ITEM;
    }
    yield { skip: bytes };
    if (isSequence) {
      // An unknown sequence is written in implicit representation (PS3.5 §6.2.2).
      if (!open({ kind: 'sequence', end: endOf(length), explicit: explicit && vr !== 'UN' })) return;
    } else if (length === UNDEFINED) {
      if (!open({ kind: 'fragments', end: undefined, explicit })) return;
    } else {
      if (levels.length === 0 && hooks.wanted.has(tag) && length <= MAX_TEXT) {
        hooks.onText(tag, textIn(yield { see: length }));
      }
      yield { skip: within(length) };
    }
  }
}

const hex = (value: number) => value.toString(16).toUpperCase().padStart(4, '0');

/** A text without its padding. */
export const textIn = (bytes: Buffer): string => bytes.toString('latin1').replace(/[\0 ]+$/, '');

/** Ends the innermost sequence, with items of it that were not ended. */
function closeSequence(levels: Level[]): void {
  const at = levels.findLastIndex(({ kind }) => kind !== 'item');
  if (at !== -1) levels.length = at;
}
