import type { ArchiveHttp } from '../../archive/index.js';

/** An answer with everything that a diagnosis may need. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly date: string | undefined;
  readonly allow: string;
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
  const { origin, pathname, search } = new URL(url);
  const { statusCode, headers, body } = await http.dispatcher.request({
    origin,
    path: `${pathname}${search}`,
    method: options.method ?? 'GET',
    headers: { ...http.authorization, ...options.headers },
    ...(options.body === undefined ? {} : { body: options.body }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await body.text();
  const header = (name: string) => (typeof headers[name] === 'string' ? headers[name] : undefined);
  return {
    status: statusCode,
    contentType: header('content-type') ?? '',
    date: header('date'),
    allow: header('allow') ?? '',
    text,
    json: parsed(text),
  };
}

/** Why a connection failed, in words where we have some. */
export function reasonOf(error: unknown): string {
  const { code, name, cause } = error as { code?: string; name?: string; cause?: { code?: string } };
  const known = code ?? cause?.code ?? name ?? 'unknown';
  // AbortSignal.timeout's error has a numeric code.
  if (name === 'TimeoutError') return REASONS.TimeoutError!;
  return REASONS[known] ?? String(known);
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ENOTFOUND: 'the host name is not known (ENOTFOUND)',
  EAI_AGAIN: 'the host name cannot be resolved now (EAI_AGAIN)',
  ECONNRESET: 'the connection was closed (ECONNRESET)',
  UND_ERR_SOCKET: 'the connection was closed; is https spoken there? (UND_ERR_SOCKET)',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within 10 s (UND_ERR_CONNECT_TIMEOUT)',
  TimeoutError: `no answer within ${TIMEOUT_MS / 1000} s`,
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate comes from an authority unknown here (SELF_SIGNED_CERT_IN_CHAIN)',
  ERR_SSL_WRONG_VERSION_NUMBER: 'https where http is spoken (ERR_SSL_WRONG_VERSION_NUMBER)',
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
