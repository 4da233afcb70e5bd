import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { ArchiveHttp } from '../../archive/index.js';
import { headersToArchive, passHeaders } from './headers.js';
import type { Places } from './places.js';

/**
 * QIDO-RS and WADO-RS: asks the archive and streams its answer on; the slower side sets the pace.
 * @param idleMs a caller who takes nothing of the answer for so long is cut off, so that the place becomes free
 */
export async function passRead(
  req: Request,
  res: Response,
  { http, places, url, idleMs }: { http: ArchiveHttp; places: Places; url: string; idleMs: number },
): Promise<void> {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  const release = await places.take();
  try {
    if (gone.signal.aborted) return;
    const answer = await http.stream(url, {
      method: req.method === 'HEAD' ? 'HEAD' : 'GET',
      headers: headersToArchive(req),
      signal: gone.signal,
    });
    res.status(answer.statusCode);
    passHeaders(answer.headers, res);
    const stop = cutWhenUnread(res, idleMs);
    try {
      await pipeline(answer.body, res);
    } finally {
      stop();
    }
  } catch (error) {
    // The caller went away, or the archive broke off: then the connection is cut, so that no one takes half for whole.
    if (!gone.signal.aborted) throw error;
  } finally {
    // A turn later the connection is free: who waited takes it, and does not open one more.
    setImmediate(release);
  }
}

/** Destroys a response whose buffer has been full for so long. @returns how to stop watching */
function cutWhenUnread(res: Response, idleMs: number): () => void {
  let fullSince: number | undefined;
  const drained = () => (fullSince = undefined);
  res.on('drain', drained);
  const timer = setInterval(
    () => {
      if (!res.writableNeedDrain) return drained();
      fullSince ??= Date.now();
      if (Date.now() - fullSince >= idleMs) res.destroy();
    },
    Math.min(1000, idleMs / 4),
  );
  return () => {
    clearInterval(timer);
    res.off('drain', drained);
  };
}
