import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong between the archive and us. */
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

/** A moment on a study's way: a request to the archive, before the archive hears it, once it has acted, or once we know. */
export interface Moment {
  readonly method: string;
  readonly path: RegExp;
  readonly when: 'asked' | 'done' | 'answered';
}

/** A reverse proxy in front of a real archive, of one of our processes. */
export interface FaultyProxy {
  readonly url: string;
  set(mode: ProxyMode): void;
  /** Calls `spring` once, at the next such moment; with `asked` and `done` the request gets no answer. */
  trap(moment: Moment, spring: () => void): void;
  disarm(): void;
  close(): void;
}

/** @param target base of the archive, `http://host:port` */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  let mode: ProxyMode = { kind: 'pass' };
  let armed: { readonly moment: Moment; readonly spring: () => void } | undefined;

  /** The trap that this request springs, taken away so that it springs once. */
  function sprung({ method, url = '/' }: IncomingMessage) {
    if (!armed || armed.moment.method !== method || !armed.moment.path.test(url)) return undefined;
    const found = armed;
    armed = undefined;
    return found;
  }

  function forward(incoming: IncomingMessage, outgoing: ServerResponse) {
    // A sender that has given up meanwhile must not be heard after all.
    if (outgoing.destroyed) return;
    const trap = sprung(incoming);
    if (trap?.moment.when === 'asked') {
      trap.spring();
      outgoing.destroy();
      return;
    }
    const isLost = mode.kind === 'reset';
    const { method, headers } = incoming;
    const onward = request(target, { method, headers, path: pathFor(incoming, mode) }, (response) => {
      if (isLost || trap?.moment.when === 'done') {
        response.resume().once('end', () => {
          trap?.spring();
          outgoing.destroy();
        });
        return;
      }
      if (trap) outgoing.once('finish', () => setImmediate(trap.spring));
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }

  const server = createServer((incoming, outgoing) => {
    if (mode.kind === 'status') {
      incoming.resume();
      outgoing.writeHead(mode.status).end();
    } else if (mode.kind === 'reset' && mode.when === 'before') outgoing.destroy();
    else if (mode.kind === 'slow') setTimeout(() => forward(incoming, outgoing), mode.ms);
    else forward(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (next) => void (mode = next),
    trap: (moment, spring) => void (armed = { moment, spring }),
    disarm: () => void (armed = undefined),
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
