import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { AppError, toAppError } from '../../../core/index.js';
import { studiesIn } from '../../../intake/index.js';
import type { ArchiveHttp } from '../../../archive/index.js';
import { headersToArchive, passHeaders } from '../headers.js';
import type { Places } from '../places.js';
import { readPaced, tooLarge, type UploadLimits } from './read-paced.js';
import { type DeepObject, openPartInspector } from './inspect-parts.js';
import { failedInstance, mustNameInstances } from './stow-answer.js';
import { readHead, stowBoundary, untilClosed } from './stow-body.js';

/** An answer longer than this is passed on unread: it names thousands of instances. */
const MAX_READ_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * STOW-RS: passes an upload on as it comes, and the archive's answer back. The archive hears of it once the first part
 * of DICOM data has begun, so that half a request never takes one of its threads.
 * @param parts.onStored called with the studies that the answer names
 * @throws AppError `GATEWAY_BUSY`, `MEDIA_TYPE_UNSUPPORTED`, `STOW_INVALID`, `UPLOAD_TOO_SLOW`, `UPLOAD_TOO_LARGE`,
 * `STORE_NOTHING`, `ARCHIVE_UNREACHABLE`, `ARCHIVE_DENIED`. An object that is nested too deep is answered with 409 and a
 * Failed SOP Sequence; nothing of the request counts as stored then.
 */
export async function passStore(
  req: Request,
  res: Response,
  parts: {
    http: ArchiveHttp;
    places: Places;
    url: string;
    limits: UploadLimits;
    onStored: (studies: Set<string>) => void;
    /** Sequences within each other that are allowed. */
    maxNesting: number;
    /** Called with the Study Instance UID of each object as it passes. */
    onStudy: (study: string) => void;
  },
): Promise<void> {
  const { http, places, limits } = parts;
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new AppError('MEDIA_TYPE_UNSUPPORTED', 'The body must not be compressed (Content-Encoding)');
  }
  const boundary = stowBoundary(req.headers['content-type']);
  const length = req.headers['content-length'];
  if (Number(length) > limits.maxBytes) throw tooLarge(limits.maxBytes);

  const gone = new AbortController();
  res.once('close', () => gone.abort());
  const pieces = readPaced(req, limits);
  const inspector = openPartInspector(boundary, parts);
  let release: (() => void) | undefined;
  try {
    const head = await readHead(pieces, boundary);
    await inspector.look(head);
    release = await places.take();
    const answer = await http.stream(parts.url, {
      method: 'POST',
      headers: {
        ...toArchive(req),
        'content-type': req.headers['content-type']!,
        ...(length === undefined ? {} : { 'content-length': length }),
      },
      body: Readable.from(untilClosed(head, looked(pieces, inspector.look), boundary), {
        objectMode: false,
      }),
      signal: gone.signal,
    });
    await passAnswer(answer, res, parts.onStored);
  } catch (error) {
    if (gone.signal.aborted) return;
    const refused = inspector.refused();
    if (refused === undefined || res.headersSent) throw error;
    refuse(res, refused, toAppError(error));
  } finally {
    release?.();
    // What is left of the body can then be read and thrown away.
    void pieces.return(undefined).catch(() => undefined);
  }
}

/** Pieces, each looked at before it is passed on. */
async function* looked(
  pieces: AsyncIterator<Buffer>,
  look: (piece: Buffer) => Promise<void>,
): AsyncGenerator<Buffer> {
  for (;;) {
    const next = await pieces.next();
    if (next.done) return;
    await look(next.value);
    yield next.value;
  }
}

/** Answers as STOW-RS does for an instance that was not stored (PS3.18 §10.5.3): 409, and which one. */
function refuse(res: Response, { sopClassUid = '', sopInstanceUid = '' }: DeepObject, error: AppError): void {
  const { code, message, httpStatus } = error;
  res
    .status(httpStatus)
    .set('warning', `299 esp-medsam "${code}: ${message}"`)
    .type('application/dicom+json')
    .send(JSON.stringify(failedInstance(sopClassUid, sopInstanceUid)));
}

/** The answer is read on its way: it must not be compressed. */
function toArchive(req: Request): Record<string, string> {
  const headers = headersToArchive(req);
  delete headers['accept-encoding'];
  return headers;
}

async function passAnswer(
  answer: Awaited<ReturnType<ArchiveHttp['stream']>>,
  res: Response,
  onStored: (studies: Set<string>) => void,
): Promise<void> {
  const { body, statusCode, headers } = answer;
  const kept: Buffer[] = [];
  let size = 0;
  let whole = true;
  for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    kept.push(piece);
    size += piece.length;
    if (size <= MAX_READ_ANSWER_BYTES) continue;
    whole = false;
    break;
  }
  const text = Buffer.concat(kept).toString('latin1');
  const stored = statusCode < 300;
  if (stored && whole) mustNameInstances(text, String(headers['content-type'] ?? ''));
  res.status(statusCode);
  passHeaders(headers, res);
  if (stored) onStored(studiesIn(text));
  for (const piece of kept) res.write(piece);
  if (whole) res.end();
  else await pipeline(body, res);
}
