import type { Readable } from 'node:stream';
import { request, type Dispatcher } from 'undici';
import type { Settings } from '../config/index.js';
import { AppError } from '../core/index.js';
import { connectionError, openOutbound, openTlsFiles, type TlsMaterial } from '../net/index.js';
import { openArchiveLogin } from './login/index.js';
import { ARCHIVE_OPERATIONS, type ArchiveOperation, type ArchiveService } from './operations.js';
import { openReads } from './reads.js';

/** What a request to the archive may carry. */
export interface ArchiveRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Record<string, string>;
  readonly body?: Buffer | string;
  /** A POST that only asks, so that asking twice is harmless: it goes over kept connections, as every GET does. */
  readonly readsOnly?: true;
  /** Statuses ≥ 400 that the caller handles; others become errors. */
  readonly accept?: readonly number[];
}

export interface ArchiveResponse {
  readonly status: number;
  readonly contentType: string;
  /** The header Warning; empty without one. */
  readonly warning: string;
  readonly body: Buffer;
}

/** A request that is passed through; its body is sent as it comes. */
export interface ArchiveStreamRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers: Record<string, string>;
  readonly body?: Readable;
  /** Breaks the exchange off. */
  readonly signal: AbortSignal;
}

/** A request of the doctor. */
export interface ArchiveAsk {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'OPTIONS';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** Somebody who follows requests to the archive: metrics and tracing. */
export interface ArchiveHooks {
  /** Headers that say what work a request is part of. */
  headers(): Record<string, string>;
  /** An exchange has ended, with this status; undefined when there was no answer. */
  ended(service: ArchiveService, status: number | undefined): void;
}

/** Talks to one archive. Errors name method, status and the *kind* of resource, never a UID or a body. */
export interface ArchiveHttp {
  send(url: string, what: ArchiveOperation, options?: ArchiveRequest): Promise<ArchiveResponse>;
  /**
   * Asks with the archive's credentials, whatever the status, and does not wait for the body of the answer. For what is
   * passed through: it has connections of its own, so that callers never take those of `send`. What only reads keeps
   * them, and is asked once more when one of them turns out to be closed.
   * @throws AppError `ARCHIVE_UNREACHABLE`, and `ARCHIVE_DENIED` when the archive refuses the credentials
   */
  stream(url: string, options: ArchiveStreamRequest): Promise<Dispatcher.ResponseData>;
  /**
   * Asks once over the connections of `send`, whatever the status, for the doctor's own requests.
   * @throws the connection's own error; AppError when we could not log in
   */
  ask(url: string, options: ArchiveAsk): Promise<Dispatcher.ResponseData>;
  /** The headers of the next request: the log-in and those of archive.headers. */
  headers(): Promise<Record<string, string>>;
  /** Authorities and client certificate, for a connection that somebody else opens. */
  tls(): TlsMaterial;
  /** Headers that say what work a request is part of. */
  correlation(): Record<string, string>;
  close(): Promise<void>;
}

/**
 * Opens connection pools to the archive; nothing is sent yet.
 * @throws AppError `CONFIG_INVALID` for certificates that cannot be used
 */
export function openArchiveHttp(settings: Settings['archive'], watch?: ArchiveHooks): ArchiveHttp {
  const tls = openTlsFiles(settings, 'archive');
  const options = { timeoutMs: settings.timeoutSeconds * 1000 };
  const dispatcher = openOutbound(tls, options);
  const reads = openReads(tls, options);
  // Of their own, so that callers never take those of `send`.
  const passed = { reads: openReads(tls, options), uploads: openOutbound(tls, options) };
  const login = openArchiveLogin(settings, dispatcher);
  const correlation = () => watch?.headers() ?? {};
  const ours = async () => ({ ...settings.headers, ...(await login.headers()) });

  /** Sends once more with another token when the archive refuses the first, where nothing was used up by then. */
  async function loggedIn(
    send: (headers: Record<string, string>) => Promise<Dispatcher.ResponseData>,
    repeatable: boolean,
  ): Promise<Dispatcher.ResponseData> {
    const headers = await ours();
    const response = await send(headers);
    if (response.statusCode !== 401 || !login.refused(headers) || !repeatable) return response;
    await response.body.dump().catch(() => undefined);
    return send(await ours());
  }

  return {
    headers: ours,
    tls: () => tls.current(),
    correlation,
    async close() {
      await Promise.all([
        dispatcher.close(),
        reads.close(),
        passed.reads.destroy(),
        passed.uploads.destroy(),
      ]);
    },
    ask: (url, { method, headers, body, signal }) =>
      loggedIn(
        (credentials) =>
          request(url, {
            dispatcher,
            method,
            headers: { ...credentials, ...headers },
            body: body ?? null,
            signal,
          }),
        true,
      ),
    async stream(url, { method, headers, body, signal }) {
      const response = await loggedIn((credentials) => {
        const all = { ...headers, ...correlation(), ...credentials };
        if (method !== 'POST' && body === undefined)
          return passed.reads.request(url, { method, headers: all, signal });
        return request(url, { dispatcher: passed.uploads, method, headers: all, body: body ?? null, signal });
      }, body === undefined).catch((cause: unknown) => {
        // What the body itself throws is its reader's.
        if (cause instanceof AppError) throw cause;
        throw unreachable('The archive does not answer', cause);
      });
      const { statusCode } = response;
      if (statusCode !== 401 && statusCode !== 403) return response;
      await response.body.dump().catch(() => undefined);
      throw new AppError('ARCHIVE_DENIED', `The archive answered ${statusCode} to ${method}`);
    },
    async send(url, what, options = {}) {
      const method = options.method ?? 'GET';
      const asking = method === 'GET' || (method === 'POST' && options.readsOnly) ? method : undefined;
      const exchange = async () => {
        const response = await loggedIn((credentials) => {
          const headers = { ...credentials, ...correlation(), ...options.headers };
          const body = options.body ?? null;
          if (asking) return reads.request(url, { method: asking, headers, body });
          return request(url, { dispatcher, method, headers, body });
        }, true);
        return { response, body: Buffer.from(await response.body.arrayBuffer()) };
      };
      const { response, body } = await exchange()
        .catch((error: unknown) => {
          // The archive closed the connection within its answer: what only reads is asked again.
          if (asking && (error as { code?: unknown }).code === 'UND_ERR_SOCKET') return exchange();
          throw error;
        })
        .catch((cause: unknown) => {
          watch?.ended(ARCHIVE_OPERATIONS[what], undefined);
          if (cause instanceof AppError) throw cause;
          throw unreachable(`${what}: the archive does not answer`, cause);
        });
      const status = response.statusCode;
      watch?.ended(ARCHIVE_OPERATIONS[what], status);
      if (status >= 400 && !options.accept?.includes(status)) throw refusal(status, method, what);
      const header = (name: string) => String(response.headers[name] ?? '');
      return { status, contentType: header('content-type'), warning: header('warning'), body };
    },
  };
}

const unreachable = (message: string, cause: unknown) =>
  new AppError('ARCHIVE_UNREACHABLE', `${message}: ${connectionError(cause)}`, { cause });

/** What a proxy or an archive says of itself for a while (RFC 9110), not of what was asked. */
const BUSY = new Set([429, 502, 503, 504]);

function refusal(status: number, method: string, what: string): AppError {
  const denied = status === 401 || status === 403;
  const code = denied ? 'ARCHIVE_DENIED' : BUSY.has(status) ? 'ARCHIVE_UNREACHABLE' : 'ARCHIVE_REFUSED';
  return new AppError(code, `${what}: the archive answered ${status} to ${method}`);
}

/**
 * Reads a JSON answer.
 * @throws AppError `ARCHIVE_BAD_ANSWER`
 */
export function jsonOf(response: ArchiveResponse, what: string): unknown {
  if (response.status === 204 || response.body.length === 0) return [];
  try {
    return JSON.parse(response.body.toString('utf8'));
  } catch (cause) {
    throw new AppError('ARCHIVE_BAD_ANSWER', `${what}: the archive's answer is not JSON`, { cause });
  }
}
