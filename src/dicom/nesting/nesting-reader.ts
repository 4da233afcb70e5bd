import { createInflateRaw } from 'node:zlib';
import { TAG } from '../attributes.js';
import { elementHead, readDataset, textIn } from './read-dataset.js';
import { readInPieces, type Pieces, type Reading } from './read-in-pieces.js';

/** What is known of an object from what has passed of it. */
export interface ObjectFacts {
  readonly studyInstanceUid?: string;
  readonly sopClassUid?: string;
  readonly sopInstanceUid?: string;
  /** True when a sequence lies deeper than is allowed; nothing more is read then. */
  readonly isTooDeep: boolean;
}

/** Reads a DICOM object in the pieces in which it comes. */
export interface NestingReader {
  /** Waits only for an object that is deflated. Pieces are not kept. */
  push(piece: Buffer): Promise<void>;
  facts(): ObjectFacts;
}

const DEFLATED = '1.2.840.10008.1.2.1.99';
const IMPLICIT = '1.2.840.10008.1.2';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const PREAMBLE = 132;
const MAX_META_TEXT = 64;
const FACTS = new Map([
  [TAG.SOPClassUID, 'sopClassUid'],
  [TAG.SOPInstanceUID, 'sopInstanceUid'],
  [TAG.StudyInstanceUID, 'studyInstanceUid'],
] as const);

/**
 * Reads how deep the sequences of an object in Part 10 form (PS3.10 §7) lie in each other, in any transfer syntax, and its
 * UIDs. What is no DICOM is passed over: whether it is stored is the archive's to say. Archives read sequences by
 * recursion, so that depth can end them.
 * @param options.maxDepth sequences within each other that are allowed
 * @param options.onStudy called with the Study Instance UID as soon as it has passed
 */
export function openNestingReader(options: {
  maxDepth: number;
  onStudy?: (uid: string) => void;
}): NestingReader {
  const facts: { -readonly [K in keyof ObjectFacts]: ObjectFacts[K] } = { isTooDeep: false };
  let syntax: string | undefined;
  const hooks = {
    onDepth(depth: number) {
      facts.isTooDeep ||= depth > options.maxDepth;
      return !facts.isTooDeep;
    },
    wanted: new Set<string>(FACTS.keys()),
    onText(tag: string, text: string) {
      const fact = (FACTS as ReadonlyMap<string, 'sopClassUid' | 'sopInstanceUid' | 'studyInstanceUid'>).get(
        tag,
      )!;
      facts[fact] = text;
      if (fact === 'studyInstanceUid') options.onStudy?.(text);
    },
  };

  /** The header: where the data set begins, and in which transfer syntax. */
  function* header(): Reading {
    const start = yield { see: PREAMBLE };
    if (start.toString('latin1', PREAMBLE - 4) !== 'DICM') {
      // Without a preamble some archives take it as well.
      syntax = /^[A-Z]{2}$/.test(start.toString('latin1', 4, 6)) ? '' : IMPLICIT;
      return;
    }
    yield { skip: PREAMBLE };
    let named = '';
    for (;;) {
      const head = yield { see: 8 };
      if (head.readUInt16LE(0) !== 2) break;
      const { bytes, length: short } = elementHead(head, { explicit: true, bigEndian: false });
      const length = short ?? (yield { see: 12 }).readUInt32LE(8);
      yield { skip: bytes };
      if (head.readUInt16LE(2) === 0x10 && length <= MAX_META_TEXT) named = textIn(yield { see: length });
      yield { skip: length };
    }
    syntax = named;
  }

  const first = readInPieces(header);
  let rest: ((piece: Buffer) => Promise<void>) | undefined;

  /** The data set, once its transfer syntax is known. */
  function openRest(): (piece: Buffer) => Promise<void> {
    const encoding = {
      explicit: syntax !== IMPLICIT,
      bigEndian: syntax === BIG_ENDIAN,
    };
    const dataset = readInPieces((position) => readDataset(encoding, hooks, position));
    return syntax === DEFLATED ? inflated(dataset) : async (piece) => dataset.push(piece);
  }

  return {
    async push(piece) {
      if (facts.isTooDeep) return;
      if (rest) return rest(piece);
      first.push(piece);
      if (!first.isDone()) return;
      rest = openRest();
      await rest(first.rest());
    },
    facts: () => facts,
  };
}

/** Inflates pieces (PS3.5 §A.5) and reads what comes out. What cannot be inflated ends the reading. */
function inflated(dataset: Pieces): (piece: Buffer) => Promise<void> {
  const inflate = createInflateRaw();
  let ended: (() => void) | undefined;
  let isBroken = false;
  inflate.on('data', (piece: Buffer) => dataset.push(piece));
  inflate.on('error', () => {
    isBroken = true;
    ended?.();
  });
  return (piece) =>
    new Promise((resolve) => {
      if (isBroken || dataset.isDone()) return resolve();
      ended = resolve;
      inflate.write(piece, () => resolve());
    });
}
