import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy in front of the archive does with requests. */
export type ProxyMode =
  | { readonly kind: 'pass' }
  /** Answers so without asking the archive. */
  | { readonly kind: 'status'; readonly status: number }
  /** Passes after a while. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Closes the connection: before the archive has heard of the request, or when it has answered. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** Gives no page of a list more rows. */
  | { readonly kind: 'page-cap'; readonly rows: number };

/** A reverse proxy that can go wrong in front of a real archive. */
export interface FaultyProxy {
  readonly url: string;
  set(mode: ProxyMode): void;
  close(): void;
}

/** @param target base of the archive, `http://host:port` */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  let mode: ProxyMode = { kind: 'pass' };

  function forward(incoming: IncomingMessage, outgoing: ServerResponse, { loseAnswer = false } = {}) {
    const { method, headers } = incoming;
    const onward = request(target, { method, headers, path: pathFor(incoming, mode) }, (response) => {
      if (loseAnswer) {
        response.resume().once('end', () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }

  const server = createServer((incoming, outgoing) => {
    const { kind } = mode;
    if (kind === 'status') {
      incoming.resume();
      outgoing.writeHead(mode.status).end();
    } else if (kind === 'reset' && mode.when === 'before') outgoing.destroy();
    else if (kind === 'reset') forward(incoming, outgoing, { loseAnswer: true });
    else if (kind === 'slow') setTimeout(() => forward(incoming, outgoing), mode.ms);
    else forward(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (next) => void (mode = next),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function pathFor({ url = '/' }: IncomingMessage, mode: ProxyMode): string {
  if (mode.kind !== 'page-cap') return url;
  return url.replace(
    /([?&]limit=)(\d+)/,
    (_, name: string, limit: string) => name + Math.min(Number(limit), mode.rows),
  );
}
