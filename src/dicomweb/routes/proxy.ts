import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import express, { type Request, type Response, type Router } from 'express';
import { request, type Dispatcher } from 'undici';
import { AppError, isUid, type Uid } from '../../core/index.js';
import type { ArchiveHttp } from '../../archive/index.js';
import { stowObserver } from '../../intake/index.js';

/** Headers that belong to one connection (RFC 9110 §7.6.1), and those that must not leave this host. */
const NOT_FORWARDED = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'authorization',
  'cookie',
  'expect',
]);

const PLAIN_PATH = /^\/[A-Za-z0-9._,\-/]*$/;
// A host as `Forwarded` may carry it unquoted: Orthanc takes quotes for a part of the name.
const PLAIN_HOST = /^[A-Za-z0-9.\-:[\]]+$/;

/**
 * DICOMweb pass-through: QIDO-RS, WADO-RS and STOW-RS, streamed both ways; the slower side sets the pace and no
 * study is ever held in memory. Nothing can be deleted through it.
 * @param onStored called with the studies that a STOW response names
 */
export function dicomwebProxy(parts: {
  http: ArchiveHttp;
  root: string;
  onStored: (studies: Set<Uid>) => void;
}): Router {
  const router = express.Router();
  router.use(async (req, res, next) => {
    try {
      if (!['GET', 'HEAD', 'POST'].includes(req.method)) {
        res.setHeader('allow', 'GET, HEAD, POST');
        throw new AppError('INVALID_REQUEST', `${req.method} is not offered here`);
      }
      const { url, isStow } = targetOf(req, parts.root);
      await forward(req, res, url, parts, isStow);
    } catch (error) {
      if (res.headersSent) res.destroy();
      else next(error);
    }
  });
  return router;
}

function targetOf(req: Request, root: string): { url: URL; isStow: boolean } {
  const base = new URL(`${root}/`);
  // No DICOMweb path needs percent-encoding, and an archive may decode `..%2f` after we have looked: Orthanc does.
  // URL then resolves what dot segments are left; what is outside the root is refused.
  const path = req.url.split('?')[0]!;
  const url = new URL(`.${req.url}`, base);
  if (!PLAIN_PATH.test(path) || url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) {
    throw new AppError('INVALID_REQUEST', 'The path leaves the DICOMweb root');
  }
  const [resource, study, ...rest] = url.pathname.slice(base.pathname.length).split('/');
  const isStow = req.method === 'POST' && resource === 'studies' && rest.length === 0;
  if (req.method === 'POST' && !isStow)
    throw new AppError('INVALID_REQUEST', 'POST is offered for studies only');
  if (isStow && study && !isUid(study))
    throw new AppError('INVALID_UID', 'The study in the path is not a UID');
  return { url, isStow };
}

async function forward(
  req: Request,
  res: Response,
  url: URL,
  parts: { http: ArchiveHttp; onStored: (studies: Set<Uid>) => void },
  isStow: boolean,
): Promise<void> {
  const abort = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) abort.abort();
  });
  const hasBody = req.method === 'POST';
  let upstream: Dispatcher.ResponseData;
  try {
    upstream = await request(url, {
      dispatcher: parts.http.dispatcher,
      method: req.method as Dispatcher.HttpMethod,
      headers: {
        ...forwardedHeaders(req, isStow),
        ...parts.http.correlation(),
        ...parts.http.authorization,
      },
      body: hasBody ? (req as Readable) : null,
      signal: abort.signal,
    });
  } catch (cause) {
    if (abort.signal.aborted) return;
    throw new AppError('ARCHIVE_UNREACHABLE', 'The archive does not answer', { cause });
  }
  res.status(upstream.statusCode);
  for (const [name, value] of Object.entries(upstream.headers)) {
    if (value !== undefined && !NOT_FORWARDED.has(name) && name !== 'www-authenticate')
      res.setHeader(name, value);
  }
  try {
    if (isStow && upstream.statusCode < 300) await pipeline(upstream.body, stowObserver(parts.onStored), res);
    else await pipeline(upstream.body, res);
  } catch (cause) {
    // The client went away, or the archive broke off: the connection is cut so that no one takes half for whole.
    if (!abort.signal.aborted) throw cause;
  }
}

/** The client's headers, and `Forwarded`, from which Orthanc builds the URLs in its answers. */
function forwardedHeaders(req: Request, isStow: boolean): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(req.headers)) {
    if (value === undefined || NOT_FORWARDED.has(name)) continue;
    // The STOW response is read on its way: it must not be compressed.
    if (isStow && name === 'accept-encoding') continue;
    headers[name] = value;
  }
  const host = req.headers.host ?? '';
  if (PLAIN_HOST.test(host)) headers.forwarded = `host=${host};proto=${req.protocol}`;
  return headers;
}
