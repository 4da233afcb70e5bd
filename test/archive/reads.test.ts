import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Archive, openArchive } from '../../src/archive/index.js';
import { loadSettings } from '../../src/config/index.js';
import { PROJECT_ROOT } from '../support/stack.js';

/** A request as the server saw it. */
interface Seen {
  readonly method: string;
  /** The connection that brought it, counted from 1. */
  readonly connection: number;
  /** Its place among the requests of this connection, counted from 1. */
  readonly turn: number;
}

let server: Server;
let archive: Archive;
let seen: Seen[];
let sockets: Socket[];

/** A server that says itself how long it keeps connections, in seconds, and keeps them for good. */
async function listen(
  keepSeconds: number,
  answer: (request: Seen, outgoing: ServerResponse, incoming: IncomingMessage) => void,
) {
  seen = [];
  sockets = [];
  const turns = new Map<Socket, number>();
  server = createServer({ keepAliveTimeout: 0 }, (incoming, outgoing) => {
    const { socket } = incoming;
    const turn = (turns.get(socket) ?? 0) + 1;
    turns.set(socket, turn);
    const request = { method: incoming.method!, connection: sockets.indexOf(socket) + 1, turn };
    incoming.resume().once('end', () => {
      seen.push(request);
      outgoing.setHeader('connection', 'keep-alive').setHeader('keep-alive', `timeout=${keepSeconds}`);
      answer(request, outgoing, incoming);
    });
  });
  server.on('connection', (socket: Socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dicomwebUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dicom-web`;
  archive = openArchive({ ...loadSettings(PROJECT_ROOT, {}).archive, dicomwebUrl });
}
afterEach(async () => {
  await archive.http.close();
  server.closeAllConnections();
  server.close();
});

async function ask(method: 'GET' | 'HEAD' | 'POST' = 'GET', signal = new AbortController().signal) {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dicom-web/studies`;
  const body = method === 'POST' ? { body: Readable.from([Buffer.from('a study')]) } : {};
  const answer = await archive.http.stream(url, { method, headers: {}, signal, ...body });
  const text = await answer.body.text();
  // The connection is free for another request in the turn after.
  for (let turn = 0; turn < 2; turn += 1) await setImmediate();
  return { status: answer.statusCode, text };
}

/** A POST that only asks, as Orthanc's look-up is one. */
async function askByPost() {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tools/lookup`;
  const answer = await archive.http.send(url, 'Orthanc lookup', {
    method: 'POST',
    readsOnly: true,
    body: 'a UID',
  });
  for (let turn = 0; turn < 2; turn += 1) await setImmediate();
  return answer.body.toString();
}

const connections = () => seen.map(({ connection }) => connection);

describe('connections for reading', () => {
  it('are kept where the archive keeps them for one second, and closed from here when idle', async () => {
    await listen(1, (_request, outgoing) => outgoing.end('found'));
    // On a machine that stands still for a second in between, one more is opened.
    const reused = () => seen.some(({ turn }) => turn > 1);
    for (let count = 0; count < 50 && !reused(); count += 1) await ask();
    expect(reused()).toBe(true);
    const last = sockets.at(-1)!;
    if (!last.readableEnded) await once(last, 'end');
    expect(last.readableEnded).toBe(true);
  });

  describe.each([
    ['closed', (socket: Socket) => void socket.destroy()],
    ['reset', (socket: Socket) => void socket.resetAndDestroy()],
  ])('that are %s while a request is on its way', (_how, close) => {
    const onlyFirst = (request: Seen, outgoing: ServerResponse, incoming: IncomingMessage) =>
      request.turn === 1 ? outgoing.end('found') : close(incoming.socket);

    it.each(['GET', 'HEAD'] as const)('are replaced by a new one (%s)', async (method) => {
      await listen(60, onlyFirst);
      await ask();
      expect(await ask(method)).toEqual({ status: 200, text: method === 'GET' ? 'found' : '' });
      expect(seen.slice(1)).toEqual([
        { method, connection: 1, turn: 2 },
        { method, connection: 2, turn: 1 },
      ]);
    });

    it('are not replaced by another kept one, which may be as old', async () => {
      await listen(60, onlyFirst);
      await Promise.all([ask(), ask(), ask()]);
      expect((await ask()).text).toBe('found');
      expect(seen.at(-1)).toEqual({ method: 'GET', connection: 4, turn: 1 });
    });

    it('are replaced for each of many requests at a time', async () => {
      await listen(60, onlyFirst);
      await Promise.all(Array.from({ length: 16 }, () => ask()));
      const before = seen.length;
      const answers = await Promise.all(Array.from({ length: 16 }, () => ask()));
      expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['found']));
      expect(seen.slice(before).filter(({ turn }) => turn === 1)).toHaveLength(16);
    });

    it('are replaced once: a second one that is closed is an error', async () => {
      let answers = 1;
      await listen(60, (_request, outgoing, incoming) =>
        (answers -= 1) >= 0 ? outgoing.end('found') : close(incoming.socket),
      );
      await ask();
      await expect(ask()).rejects.toMatchObject({ code: 'ARCHIVE_UNREACHABLE' });
      expect(connections()).toEqual([1, 1, 2]);
    });

    it('serve a POST that only asks as well, and are replaced for it', async () => {
      await listen(60, onlyFirst);
      expect([await askByPost(), await askByPost()]).toEqual(['found', 'found']);
      expect(seen).toEqual([
        { method: 'POST', connection: 1, turn: 1 },
        { method: 'POST', connection: 1, turn: 2 },
        { method: 'POST', connection: 2, turn: 1 },
      ]);
    });

    it('are not replaced for an upload', async () => {
      await listen(60, onlyFirst);
      await ask('POST');
      await expect(ask('POST')).rejects.toMatchObject({ code: 'ARCHIVE_UNREACHABLE' });
      expect(seen).toEqual([
        { method: 'POST', connection: 1, turn: 1 },
        { method: 'POST', connection: 1, turn: 2 },
      ]);
    });
  });

  it('that are closed within an answer end it, and nothing is asked again', async () => {
    await listen(60, (request, outgoing, incoming) => {
      if (request.turn === 1) return outgoing.end('found');
      outgoing.setHeader('content-length', '100');
      outgoing.write('half', () => incoming.socket.destroy());
    });
    await ask();
    await expect(ask()).rejects.toThrow();
    expect(connections()).toEqual([1, 1]);
  });

  it('that are new and closed without an answer are an error at once', async () => {
    await listen(60, (_request, _outgoing, incoming) => void incoming.socket.destroy());
    await expect(ask()).rejects.toMatchObject({ code: 'ARCHIVE_UNREACHABLE' });
    expect(connections()).toEqual([1]);
  });

  it('are closed for a caller who is gone, for whom nothing is asked again', async () => {
    const gone = new AbortController();
    await listen(60, (request, outgoing) => (request.turn === 1 ? outgoing.end('found') : gone.abort()));
    await ask();
    await expect(ask('GET', gone.signal)).rejects.toMatchObject({ code: 'ARCHIVE_UNREACHABLE' });
    await once(sockets[0]!, 'close');
    expect(connections()).toEqual([1, 1]);
  });
});
