import { expect, it } from 'vitest';
import { AppError } from '../../src/core/index.js';
import { boundaryOf, joinDicomParts, splitMultipart } from '../../src/dicom/index.js';
import { openPartInspector } from '../../src/dicomweb/passthrough/store/inspect-parts.js';
import { readHead, stowBoundary, untilClosed } from '../../src/dicomweb/passthrough/store/stow-body.js';
import type { Random } from '../../src/phantom/random.js';
import { nestedObject } from '../support/nested-object.js';
import { forEachCase, TIMEOUT_MS } from './cases.js';
import { damaged } from './damage.js';

const noise = (random: Random, most: number) =>
  Uint8Array.from({ length: random.whole(0, most) }, () => random.whole(0, 255));

/** Text that headers are made of, in no sensible order. */
const WORDS = [
  'boundary=',
  '"',
  ';',
  ' ',
  'b',
  '--',
  '\r\n',
  ':',
  'multipart/related',
  'type=',
  'application/dicom',
  '\0',
  'ä',
];
const words = (random: Random) =>
  Array.from({ length: random.whole(0, 8) }, () => WORDS[random.whole(0, WORDS.length - 1)]!).join('');

function bodyOf(random: Random, boundary: string): Buffer {
  const files = Array.from({ length: random.whole(0, 4) }, () => noise(random, 200));
  const body = joinDicomParts(files, boundary);
  if (random.next() < 0.3) return Buffer.concat([Buffer.from(words(random), 'latin1'), body]);
  return body;
}

/** The result, or `undefined` when it is refused with one of the codes. */
function unlessRefused<T>(codes: readonly string[], make: () => T): T | undefined {
  try {
    return make();
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    expect(codes).toContain(thrown.code);
    return undefined;
  }
}

it(
  'a damaged multipart answer comes apart within its bytes, or is refused',
  async () => {
    await forEachCase('multipart answer', (random) => {
      const contentType = random.next() < 0.3 ? words(random) : 'multipart/related; boundary="b-7"';
      const boundary = unlessRefused(['ARCHIVE_BAD_ANSWER'], () => boundaryOf(contentType)) ?? 'b-7';
      const body = Buffer.from(damaged(bodyOf(random, boundary), random));
      const parts = unlessRefused(['ARCHIVE_BAD_ANSWER'], () => splitMultipart(body, boundary)) ?? [];
      const length = parts.reduce((sum, part) => sum + part.body.length, 0);
      expect(length + parts.length * boundary.length).toBeLessThanOrEqual(body.length);
      for (const part of parts) expect(body.includes(Buffer.from(part.body))).toBe(true);
    });
  },
  TIMEOUT_MS,
);

async function* piecesOf(body: Buffer, random: Random): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length;) {
    const size = random.whole(1, 300);
    yield body.subarray(at, at + size);
    at += size;
  }
}

it(
  'a damaged object in an upload is looked into without a fault, or the upload is refused',
  async () => {
    await forEachCase('upload inspected', async (random) => {
      const form = { depth: random.whole(0, 12), undefinedLength: random.next() < 0.5 };
      const syntax = (['explicit', 'implicit', 'big endian', 'deflated'] as const)[random.whole(0, 3)]!;
      const object = damaged(nestedObject({ ...form, syntax }), random);
      const inspector = openPartInspector('b-7', { maxNesting: 8, onStudy: () => undefined });
      try {
        for await (const piece of piecesOf(joinDicomParts([object], 'b-7'), random)) {
          await inspector.look(piece);
        }
        expect(inspector.refused()).toBeUndefined();
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        expect(['STOW_INVALID', 'NESTED_TOO_DEEP']).toContain(thrown.code);
        expect(inspector.refused() !== undefined).toBe(thrown.code === 'NESTED_TOO_DEEP');
      }
    });
  },
  TIMEOUT_MS,
);

it(
  'a damaged upload is passed on unchanged or cut short, and whole only with its closing delimiter',
  async () => {
    await forEachCase('multipart upload', async (random) => {
      const contentType = random.next() < 0.3 ? words(random) : 'multipart/related; boundary=b-7';
      const boundary = unlessRefused(['MEDIA_TYPE_UNSUPPORTED'], () => stowBoundary(contentType)) ?? 'b-7';
      const body = Buffer.from(damaged(bodyOf(random, boundary), random));
      const pieces = piecesOf(body, random);
      const passed: Buffer[] = [];
      let refused = false;
      try {
        const head = await readHead(pieces, boundary);
        for await (const piece of untilClosed(head, pieces, boundary)) passed.push(piece);
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        expect(thrown.code).toBe('STOW_INVALID');
        refused = true;
      }
      const sent = Buffer.concat(passed);
      expect(body.subarray(0, sent.length).equals(sent)).toBe(true);
      expect(sent.length === body.length).toBe(!refused || body.length === 0);
      if (!refused) expect(body.includes(`\r\n--${boundary}--`, 0, 'latin1')).toBe(true);
    });
  },
  TIMEOUT_MS,
);
