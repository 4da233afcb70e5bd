import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import express, { type Response } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import type { EventClient, EventHub } from '../../src/notify/index.js';
import { streamTo } from '../../src/admin/events/events-endpoint.js';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const CLIENT = { since: '0-0', study: undefined };

/** A hub that tells nothing by itself. */
function quietHub(): EventHub & { readonly clients: Set<EventClient> } {
  const clients = new Set<EventClient>();
  return {
    clients,
    join(client) {
      clients.add(client);
      return () => void clients.delete(client);
    },
    get size() {
      return clients.size;
    },
  };
}

/** Opens a request and hands over its response before anything is answered. */
async function openRequest(): Promise<{ client: Socket; response: Response }> {
  const app = express();
  const arrived = new Promise<Response>((resolve) => {
    app.get('/', (_req, res) => resolve(res));
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  closing.push(
    () => client.destroy(),
    () => server.close().closeAllConnections(),
  );
  return { client, response: await arrived };
}

describe('a stream of events', () => {
  it('lists nobody who left before it began', async () => {
    const { client, response } = await openRequest();
    client.destroy();
    await once(response, 'close');
    const hub = quietHub();
    streamTo(response, hub, CLIENT);
    expect(hub.size).toBe(0);
  });

  it('tells how many listen, and forgets who leaves', async () => {
    const { client, response } = await openRequest();
    const hub = quietHub();
    const told: number[] = [];
    streamTo(response, hub, CLIENT, { open: { set: (count: unknown) => void told.push(Number(count)) } });
    client.destroy();
    await once(response, 'close');
    expect(hub.size).toBe(0);
    expect(told).toEqual([1, 0]);
  });

  it('takes nothing more once it ends, although a slow client still reads', async () => {
    const { client, response } = await openRequest();
    client.pause();
    const hub = quietHub();
    streamTo(response, hub, CLIENT, { longestMs: 20 });
    // More than the sockets hold: what is behind it waits for the client.
    response.write('x'.repeat(16 * 1024 * 1024));
    await wait(60);
    expect(response.writableEnded).toBe(true);
    expect(response.writableFinished).toBe(false);
    expect(hub.size).toBe(0);
  });
});
