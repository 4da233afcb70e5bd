import type { LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import type { OpenTlsFiles } from './tls-files.js';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Connections to others: over TLS with the authorities and the client certificate of the files, as they are when a
 * connection is made.
 * @param options.timeoutMs for the header of an answer, and between two pieces of its body
 * @param options.lookup resolves names, where not every address may be reached
 * @param options.keep `withMargin` of so many ms keeps a connection until so long before the other side closes it by its
 * header `Keep-Alive`; without it the margin is undici's, 2 s. `never` opens a connection for each request.
 */
export function openOutbound(
  tls: OpenTlsFiles,
  {
    timeoutMs,
    lookup,
    keep,
  }: { timeoutMs: number; lookup?: LookupFunction; keep?: 'never' | { withMargin: number } },
): Agent {
  let version = 0;
  let connector: ReturnType<typeof buildConnector> | undefined;
  return new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    // undici's way to say that nothing is kept.
    ...(keep === 'never' ? { pipelining: 0 } : {}),
    ...(typeof keep === 'object' ? { keepAliveTimeoutThreshold: keep.withMargin } : {}),
    connect(options, callback) {
      const material = tls.current();
      if (connector === undefined || version !== tls.version) {
        version = tls.version;
        connector = buildConnector({
          timeout: CONNECT_TIMEOUT_MS,
          ...material,
          ...(lookup === undefined ? {} : { lookup }),
        });
      }
      connector(options, callback);
    },
  });
}
