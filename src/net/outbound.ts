import type { LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import type { OpenTlsFiles } from './tls-files.js';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Connections to others: over TLS with the authorities and the client certificate of the files, as they are when a
 * connection is made.
 * @param options.timeoutMs for the header of an answer, and between two pieces of its body
 * @param options.lookup resolves names, where not every address may be reached
 */
export function openOutbound(
  tls: OpenTlsFiles,
  { timeoutMs, lookup }: { timeoutMs: number; lookup?: LookupFunction },
): Agent {
  let version = 0;
  let connector: ReturnType<typeof buildConnector> | undefined;
  return new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
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
