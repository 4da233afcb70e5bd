import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Answers a request itself and says true, or lets it pass. */
export type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean | Promise<boolean>;

/** A reverse proxy in front of a real archive, as sites have them. @param tls serves https */
export async function startProxy(
  target: string,
  answer: Answer,
  tls?: ServerOptions,
): Promise<{ url: string; close(): void }> {
  const forward = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (await answer(incoming, outgoing)) return;
    const { pathname } = new URL(target);
    const onward = request(
      target,
      {
        method: incoming.method,
        path: `${pathname.replace(/\/$/, '')}${incoming.url}`,
        headers: incoming.headers,
      },
      (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  };
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void forward(incoming, outgoing);
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  // The head of a large request is judged before its body is asked for, as nginx does.
  server.on('checkContinue', async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (await answer(incoming, outgoing)) return;
    outgoing.writeContinue();
    listener(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** nginx's client_max_body_size. */
export const bodyLimit =
  (bytes: number): Answer =>
  (incoming, outgoing) => {
    if (Number(incoming.headers['content-length'] ?? 0) <= bytes) return false;
    outgoing.writeHead(413).end();
    return true;
  };
