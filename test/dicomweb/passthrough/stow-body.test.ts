import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPaced } from '../../../src/dicomweb/passthrough/store/read-paced.js';
import { mustNameInstances } from '../../../src/dicomweb/passthrough/store/stow-answer.js';
import { readHead, stowBoundary, untilClosed } from '../../../src/dicomweb/passthrough/store/stow-body.js';
import { joinDicomParts } from '../../../src/dicom/index.js';

async function* piecesOf(body: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}

/** What an archive would get of a body that comes in pieces, and the error that ended it. */
async function passed(body: Buffer, boundary = 'b', size = 7) {
  const pieces = piecesOf(body, size);
  const got: Buffer[] = [];
  try {
    const head = await readHead(pieces, boundary);
    for await (const piece of untilClosed(head, pieces, boundary)) got.push(piece);
    return { bytes: Buffer.concat(got) };
  } catch (error) {
    return { bytes: Buffer.concat(got), code: (error as { code?: string }).code };
  }
}

const whole = joinDicomParts([Buffer.from('one'), Buffer.from('two')], 'b');

describe('a body of STOW-RS', () => {
  it('is passed on byte by byte, however it is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 12_000 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 5000 }),
        async (files, size) => {
          const body = joinDicomParts(files, 'bound-ary');
          const { bytes, code } = await passed(body, 'bound-ary', size);
          expect(code).toBeUndefined();
          expect(bytes.equals(body)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('may have a preamble, and an epilogue', async () => {
    const body = Buffer.concat([Buffer.from('hello\r\n'), whole, Buffer.from('\r\nbye')]);
    expect((await passed(body)).bytes.equals(body)).toBe(true);
  });

  it.each([
    ['a boundary that is not the one named', joinDicomParts([Buffer.alloc(30_000)], 'other')],
    ['a boundary that only begins like the one named', joinDicomParts([Buffer.from('one')], 'bb')],
    ['no part', Buffer.from('--b--\r\n')],
    ['an end before the first part', Buffer.from('--b\r\nContent-Ty')],
    ['a part of another type', Buffer.from('--b\r\nContent-Type: text/html\r\n\r\nx\r\n--b--\r\n')],
    ['a part without a type', Buffer.from('--b\r\n\r\nx\r\n--b--\r\n')],
    ['nothing', Buffer.alloc(0)],
  ])('with %s is refused before the archive hears of it', async (_what, body) => {
    expect(await passed(body)).toEqual({ bytes: Buffer.alloc(0), code: 'STOW_INVALID' });
  });

  it('that was cut off anywhere never reaches the archive whole', async () => {
    const closed = whole.length - '--\r\n'.length;
    for (let end = 40; end < closed; end += 3) {
      const cut = whole.subarray(0, end);
      const { bytes, code } = await passed(cut);
      expect(code).toBe('STOW_INVALID');
      expect(bytes.length).toBeLessThan(cut.length);
    }
  });

  it.each([undefined, 'application/dicom', 'multipart/form-data; boundary=b', 'multipart/related'])(
    'of the type %s is refused',
    (type) => {
      expect(() => stowBoundary(type)).toThrowError(
        expect.objectContaining({ code: 'MEDIA_TYPE_UNSUPPORTED' }),
      );
    },
  );
});

describe('a sender', () => {
  const limits = { idleMs: 60, minBytesPerSecond: 0, maxBytes: Infinity };
  const all = async (body: Readable, given = limits) => {
    let bytes = 0;
    for await (const piece of readPaced(body, given)) bytes += piece.length;
    return bytes;
  };

  it('who stops is given up, and the stream can still be answered', async () => {
    const body = new PassThrough();
    body.write('12345');
    await expect(all(body)).rejects.toMatchObject({ code: 'UPLOAD_TOO_SLOW' });
    expect(body.destroyed).toBe(false);
    // What happens to the stream afterwards troubles nobody.
    body.destroy(new Error('the sender hung up'));
    await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('is not blamed for the time that the archive takes', async () => {
    const pieces = readPaced(Readable.from([Buffer.from('1'), Buffer.from('2')]), limits);
    expect((await pieces.next()).value).toBeDefined();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await pieces.next()).done).toBe(false);
    expect((await pieces.next()).done).toBe(true);
  });

  it('may send as much as is allowed', async () => {
    const body = () => Readable.from([Buffer.alloc(60), Buffer.alloc(60)]);
    expect(await all(body(), { ...limits, maxBytes: 120 })).toBe(120);
    await expect(all(body(), { ...limits, maxBytes: 119 })).rejects.toMatchObject({
      code: 'UPLOAD_TOO_LARGE',
    });
  });
});

describe('the answer of an archive', () => {
  const item = { '00081155': { vr: 'UI', Value: ['1.2'] } };
  it.each([
    ['application/dicom+json', JSON.stringify({ '00081199': { vr: 'SQ', Value: [item] } })],
    ['application/dicom+json', JSON.stringify([{ '00081198': { vr: 'SQ', Value: [item] } }])],
    [
      'application/dicom+xml',
      '<NativeDicomModel><DicomAttribute keyword="ReferencedSOPSequence" tag="00081199" vr="SQ"><Item number="1"/>',
    ],
  ])('%s that names an instance is believed', (type, text) => {
    expect(() => mustNameInstances(text, type)).not.toThrow();
  });

  it.each([
    [
      'application/dicom+json',
      JSON.stringify({ '00081199': { vr: 'SQ', Value: [] }, '00081198': { vr: 'SQ' } }),
    ],
    ['application/dicom+json', '[]'],
    ['application/dicom+json', 'null'],
    ['application/dicom+json', '{"00081199"'],
    [
      'application/dicom+xml',
      '<NativeDicomModel><DicomAttribute tag="00081199" vr="SQ"/></NativeDicomModel>',
    ],
    ['application/dicom+xml', '<DicomAttribute tag="00081199" vr="SQ"></DicomAttribute>'],
    ['', ''],
  ])('%s that names none is not: %s', (type, text) => {
    expect(() => mustNameInstances(text, type)).toThrowError(
      expect.objectContaining({ code: 'STORE_NOTHING' }),
    );
  });
});
