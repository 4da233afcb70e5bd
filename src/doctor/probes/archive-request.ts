import type { ArchiveHttp } from '../../archive/index.js';
import { AppError } from '../../core/index.js';
import { connectionError, isCertificateError } from '../../net/index.js';
import { settingName } from '../setting-name.js';

/** An answer with everything that a diagnosis may need. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly date: string | undefined;
  readonly allow: string;
  /** The header WWW-Authenticate; empty without one. */
  readonly challenge: string;
  readonly text: string;
  /** The text as JSON, or undefined. */
  readonly json: unknown;
}

const TIMEOUT_MS = 6000;

/**
 * One request to the archive with the credentials of the settings. Unlike `ArchiveHttp.send` it turns no status into
 * an error: what the archive says is what is looked for.
 * @throws the connection's own error; `reasonOf` names it
 */
export async function archiveRequest(
  http: ArchiveHttp,
  url: string,
  options: {
    method?: 'GET' | 'POST' | 'DELETE' | 'OPTIONS';
    headers?: Record<string, string>;
    body?: string;
  } = {},
): Promise<RawAnswer> {
  const { statusCode, headers, body } = await http.ask(url, {
    method: options.method ?? 'GET',
    headers: options.headers ?? {},
    ...(options.body === undefined ? {} : { body: options.body }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await body.text();
  const header = (name: string) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  return {
    status: statusCode,
    contentType: header('content-type') ?? '',
    date: header('date'),
    allow: header('allow') ?? '',
    challenge: header('www-authenticate') ?? '',
    text,
    json: parsed(text),
  };
}

/** Why a connection failed, in words where we have some. */
export function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if ((error as { name?: string }).name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  return connectionError(error);
}

/** What the probes say of a request that gave no answer. */
export type NoAnswer =
  | { readonly kind: 'unreachable'; readonly reason: string; readonly certificate: boolean }
  /** We could not log in: no token, no certificate. */
  | { readonly kind: 'no-login'; readonly reason: string; readonly advice: string; readonly setting: string };

export function noAnswer(error: unknown): NoAnswer {
  const reason = reasonOf(error);
  if (!(error instanceof AppError))
    return { kind: 'unreachable', reason, certificate: isCertificateError(error) };
  const names = error.settings as `${string}.${string}`[];
  return { kind: 'no-login', reason, advice: error.advice, setting: names.map(settingName).join(' and ') };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
