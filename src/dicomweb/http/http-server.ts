import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { OpenTlsFiles } from '../../net/index.js';

const HEADERS_TIMEOUT_MS = 20_000;
const CHECK_INTERVAL_MS = 2_000;
/** Longer than what proxies and clients keep an idle connection, so that they close it and not we. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;
/** How soon a new certificate is used. Connections that are open keep theirs. */
const CERTIFICATE_INTERVAL_MS = 2_000;

const OPTIONS = {
  headersTimeout: HEADERS_TIMEOUT_MS,
  connectionsCheckingInterval: CHECK_INTERVAL_MS,
  keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  // A long STOW upload must not be cut off by Node's default of five minutes.
  requestTimeout: 0,
};

/**
 * The gateway's HTTP server. Connections whose header does not come are closed; bodies see `limitBodies`.
 * @param tls certificate, key and the authorities of clients' certificates: then it speaks https, and with authorities
 * only to clients that show a certificate of theirs
 * @param onRefused is told of clients without such a certificate
 */
export function createGatewayServer(
  app: RequestListener,
  tls?: OpenTlsFiles,
  onRefused: (address: string, code: string) => void = () => undefined,
): Server | TlsServer {
  if (tls === undefined) return createServer(OPTIONS, app);
  const material = tls.current();
  const wantsClients = material.ca !== undefined;
  const server = createTlsServer(
    { ...OPTIONS, ...material, requestCert: wantsClients, rejectUnauthorized: wantsClients },
    app,
  );
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    if (wantsClients) onRefused(socket.remoteAddress ?? '', error.code ?? 'unknown');
  });
  let used = tls.version;
  const timer = setInterval(() => {
    const now = tls.current();
    if (tls.version === used) return;
    used = tls.version;
    server.setSecureContext(now);
  }, CERTIFICATE_INTERVAL_MS);
  timer.unref();
  server.once('close', () => clearInterval(timer));
  return server;
}
