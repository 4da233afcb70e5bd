import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { AppError } from '../../../core/index.js';
import { studiesIn } from '../../../intake/index.js';
import type { ArchiveHttp } from '../../../archive/index.js';
import { headersToArchive, passHeaders } from '../headers.js';
import type { Places } from '../places.js';
import { readPaced, tooLarge, type UploadLimits } from './read-paced.js';
import { mustNameInstances } from './stow-answer.js';
import { readHead, stowBoundary, untilClosed } from './stow-body.js';

/** An answer longer than this is passed on unread: it names thousands of instances. */
const MAX_READ_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * STOW-RS: passes an upload on as it comes, and the archive's answer back. The archive hears of it once the first part
 * of DICOM data has begun, so that half a request never takes one of its threads.
 * @param parts.onStored called with the studies that the answer names
 * @throws AppError `GATEWAY_BUSY`, `MEDIA_TYPE_UNSUPPORTED`, `STOW_INVALID`, `UPLOAD_TOO_SLOW`, `UPLOAD_TOO_LARGE`,
 * `STORE_NOTHING`, `ARCHIVE_UNREACHABLE`, `ARCHIVE_DENIED`
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
  let release: (() => void) | undefined;
  try {
    const head = await readHead(pieces, boundary);
    release = await places.take();
    const answer = await http.stream(parts.url, {
      method: 'POST',
      headers: {
        ...toArchive(req),
        'content-type': req.headers['content-type']!,
        ...(length === undefined ? {} : { 'content-length': length }),
      },
      body: Readable.from(untilClosed(head, pieces, boundary), { objectMode: false }),
      signal: gone.signal,
    });
    await passAnswer(answer, res, parts.onStored);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    release?.();
    // What is left of the body can then be read and thrown away.
    void pieces.return(undefined).catch(() => undefined);
  }
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
