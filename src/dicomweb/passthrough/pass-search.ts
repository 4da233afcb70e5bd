import type { Request, Response } from 'express';
import { z } from 'zod';
import type { ArchiveHttp } from '../../archive/index.js';
import { AppError } from '../../core/index.js';
import { TAG } from '../../dicom/index.js';
import { headersToArchive } from './headers.js';
import type { Places } from './places.js';

/** So many UIDs fit into an address that archives take; with more the answer alone is filtered. */
const MAX_UIDS = 100;
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const TYPE = 'application/dicom+json';

const STUDY = TAG.StudyInstanceUID;
const values = z.object({ Value: z.array(z.string()).optional() });
const found = z.array(z.record(z.string(), z.unknown()));

const studyOf = (item: Record<string, unknown>) => values.safeParse(item[STUDY]).data?.Value?.[0] ?? '';

/**
 * QIDO-RS for a caller who may see some studies only: asks for those (UID list matching, PS3.18 §8.3.4.1), and passes on
 * what of the answer belongs to them. A page may be shorter than its limit.
 * @param visible Study Instance UIDs
 */
export async function passSearch(
  req: Request,
  res: Response,
  {
    http,
    places,
    url,
    visible,
  }: { http: ArchiveHttp; places: Places; url: string; visible: ReadonlySet<string> },
): Promise<void> {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  const release = await places.take();
  try {
    const target = narrowed(url, visible);
    const items = target === undefined ? [] : await ask(http, req, target, gone.signal);
    const seen = items.filter((item) => visible.has(studyOf(item)));
    res.type(TYPE).send(JSON.stringify(seen));
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    // A turn later the connection is free: who waited takes it, and does not open one more.
    setImmediate(release);
  }
}

/**
 * The search among the visible studies alone; undefined when nothing can be found. The path names the study already where
 * it is a search in one.
 */
function narrowed(url: string, visible: ReadonlySet<string>): string | undefined {
  const [path, query = ''] = url.split(/\?(.*)/s) as [string, string?];
  if (/\/studies\/[0-9.]+\//.test(path)) return url;
  const pairs = query.split('&').filter(Boolean);
  const named = pairs.filter(isStudyUid).flatMap((pair) => uidsIn(pair.slice(pair.indexOf('=') + 1)));
  const wanted = named.length === 0 ? [...visible] : named.filter((uid) => visible.has(uid));
  if (wanted.length === 0) return undefined;
  const others = pairs.filter((pair) => !isStudyUid(pair));
  const list = wanted.length <= MAX_UIDS ? [`StudyInstanceUID=${wanted.join(',')}`] : [];
  const all = [...others, ...list];
  return all.length === 0 ? path : `${path}?${all.join('&')}`;
}

const isStudyUid = (pair: string) => new RegExp(`^(?:StudyInstanceUID|${STUDY})=`, 'i').test(pair);
const uidsIn = (value: string) => value.split(/,|\\|%5C|%2C/i).filter(Boolean);

async function ask(http: ArchiveHttp, req: Request, url: string, signal: AbortSignal) {
  // Neither packed nor in part: it is read here.
  const { forwarded } = headersToArchive(req);
  const headers = { accept: TYPE, ...(forwarded ? { forwarded } : {}) };
  const answer = await http.stream(url, { method: 'GET', headers, signal });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) {
      throw new AppError(
        'INVALID_REQUEST',
        'The search finds too much: ask for fewer studies, or with a limit',
      );
    }
    chunks.push(chunk);
  }
  if (answer.statusCode === 204) return [];
  if (answer.statusCode !== 200) {
    throw new AppError('ARCHIVE_REFUSED', `The archive answered ${answer.statusCode} to a search`);
  }
  return parsed(Buffer.concat(chunks).toString('utf8'));
}

function parsed(text: string): z.infer<typeof found> {
  try {
    return found.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('ARCHIVE_BAD_ANSWER', 'The answer to a search is not DICOM JSON', { cause });
  }
}
