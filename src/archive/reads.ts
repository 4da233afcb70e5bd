import { request, type Dispatcher } from 'undici';
import { openOutbound, type OpenTlsFiles } from '../net/index.js';

/**
 * How long before the archive's own time a kept connection is given up, ms. Orthanc names one second, and a request that
 * was sent in the last of it could meet a closed connection.
 */
const KEEP_MARGIN_MS = 300;

/** What a connection that the other side had closed already answers to a request. */
const CLOSED = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** Requests that read only, so that asking twice is harmless. */
export interface Reads {
  /**
   * Asks over a kept connection, and exactly once more over a new one when that was closed before any header of the
   * answer came. An answer that breaks off later is the caller's: half of it may be passed on already.
   * @throws the connection's own error
   */
  request(
    url: string,
    options: {
      method: 'GET' | 'HEAD' | 'POST';
      headers: Record<string, string>;
      /** Of a POST that only asks; whole, so that it can be sent again. */
      body?: Buffer | string | null;
      signal?: AbortSignal;
    },
  ): Promise<Dispatcher.ResponseData>;
  /** Waits for what is on its way. */
  close(): Promise<void>;
  /** Breaks off what is on its way. */
  destroy(): Promise<void>;
}

/**
 * Connections for reading; nothing is sent yet.
 * @param options.timeoutMs for the header of an answer, and between two pieces of its body
 */
export function openReads(tls: OpenTlsFiles, { timeoutMs }: { timeoutMs: number }): Reads {
  const kept = openOutbound(tls, { timeoutMs, keep: { withMargin: KEEP_MARGIN_MS } });
  const fresh = openOutbound(tls, { timeoutMs, keep: 'never' });
  return {
    async request(url, options) {
      try {
        return await request(url, { ...options, dispatcher: kept });
      } catch (error) {
        if (!wasClosed(error)) throw error;
        return request(url, { ...options, dispatcher: fresh });
      }
    },
    async close() {
      await Promise.all([kept.close(), fresh.close()]);
    },
    async destroy() {
      await Promise.all([kept.destroy(), fresh.destroy()]);
    },
  };
}

/** True for a connection that had served before, as far as the error says; a new one that fails says something else. */
function wasClosed(error: unknown): boolean {
  const { code, socket } = error as { code?: string; socket?: { bytesRead?: number } };
  return code !== undefined && CLOSED.has(code) && socket?.bytesRead !== 0;
}
