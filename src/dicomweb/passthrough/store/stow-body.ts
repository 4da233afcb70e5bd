import { AppError } from '../../../core/index.js';
import { boundaryOf } from '../../../dicom/index.js';

/** Before the first part's data: the delimiter and the part's header. */
const MAX_HEAD_BYTES = 16 * 1024;
/** After the closing delimiter: nothing that PS3.18 knows, but RFC 2046 allows it. */
const MAX_EPILOGUE_BYTES = 4 * 1024;

/**
 * The boundary of a STOW-RS request (PS3.18 §10.5.1).
 * @throws AppError `MEDIA_TYPE_UNSUPPORTED` for anything but multipart/related with a boundary
 */
export function stowBoundary(contentType: string | undefined): string {
  if (!/^multipart\/related\s*(;|$)/i.test(contentType ?? '')) {
    throw new AppError('MEDIA_TYPE_UNSUPPORTED', 'STOW-RS takes multipart/related; type="application/dicom"');
  }
  try {
    return boundaryOf(contentType!);
  } catch (cause) {
    throw new AppError('MEDIA_TYPE_UNSUPPORTED', 'The Content-Type names no boundary', { cause });
  }
}

/**
 * Reads a body until its first part has begun.
 * @param pieces the body; what is read of it here is in the result
 * @returns what was read
 * @throws AppError `STOW_INVALID` when no part of DICOM data begins there
 */
export async function readHead(pieces: AsyncIterator<Buffer>, boundary: string): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  for (;;) {
    const next = await pieces.next();
    if (next.done) {
      throw new AppError(
        'STOW_INVALID',
        'The body ends before its first part; is the boundary the one named?',
      );
    }
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    if (hasFirstPart(head, boundary)) return head;
    if (head.length > MAX_HEAD_BYTES) {
      throw new AppError(
        'STOW_INVALID',
        'The body does not begin with the boundary that the Content-Type names',
      );
    }
  }
}

/** Whether the first part's header is there; throws when it is wrong. */
function hasFirstPart(head: Buffer, boundary: string): boolean {
  const text = head.toString('latin1');
  const delimiter = `--${boundary}`;
  const start = text.startsWith(delimiter) ? 0 : text.indexOf(`\r\n${delimiter}`) + 2;
  if (start === 1) return false;
  const after = text.slice(start + delimiter.length);
  if (after.startsWith('--')) throw new AppError('STOW_INVALID', 'The body holds no part');
  const end = after.indexOf('\r\n\r\n');
  if (end === -1) return false;
  if (!/^[ \t]*\r\n/.test(after)) {
    throw new AppError('STOW_INVALID', 'The first delimiter is not the boundary that the Content-Type names');
  }
  if (/^content-type:[ \t]*application\/dicom/im.test(after.slice(0, end))) return true;
  throw new AppError('STOW_INVALID', 'The first part is not application/dicom');
}

/**
 * Passes a body on and holds back its last piece until the closing delimiter has been seen: an archive that gets less
 * than a whole body must not take it for one. Orthanc answers 200 to it and stores what it likes.
 * @param head what has been read already
 * @throws AppError `STOW_INVALID` at the end of a body without closing delimiter
 */
export async function* untilClosed(
  head: Buffer,
  pieces: AsyncIterator<Buffer>,
  boundary: string,
): AsyncGenerator<Buffer> {
  const closing = Buffer.from(`\r\n--${boundary}--`, 'latin1');
  const keep = closing.length + MAX_EPILOGUE_BYTES;
  let held = head;
  let tail = lastOf(head, keep);
  for (;;) {
    const next = await pieces.next();
    if (next.done) break;
    yield held;
    held = next.value;
    tail = held.length >= keep ? lastOf(held, keep) : lastOf(Buffer.concat([tail, held]), keep);
  }
  if (!tail.includes(closing)) {
    throw new AppError('STOW_INVALID', 'The body ends without its closing delimiter; it was cut off');
  }
  yield held;
}

const lastOf = (piece: Buffer, bytes: number) => piece.subarray(Math.max(0, piece.length - bytes));
