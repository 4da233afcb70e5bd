import { createServer, type RequestListener, type Server } from 'node:http';

const HEADERS_TIMEOUT_MS = 20_000;
const CHECK_INTERVAL_MS = 2_000;
/** Longer than what proxies and clients keep an idle connection, so that they close it and not we. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;

/** The gateway's HTTP server. Connections whose header does not come are closed; bodies see `limitBodies`. */
export function createGatewayServer(app: RequestListener): Server {
  return createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      // A long STOW upload must not be cut off by Node's default of five minutes.
      requestTimeout: 0,
    },
    app,
  );
}
