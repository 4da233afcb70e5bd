import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { joinDicomParts } from '../../src/dicom/index.js';
import { phantomInstance } from '../../src/phantom/index.js';
import { writeBrightModel } from '../support/bright-model.js';
import { eventually, finished, type OurProcess, startStack, type Stack } from '../support/stack.js';

/** Connections of each attack. ESP_HALF_OPEN=1500 asks for more; the gateway is a process of its own. */
const COUNT = Number(process.env.ESP_HALF_OPEN ?? 60);
const SLOWEST_SEARCH_MS = 1000;

const UPLOAD =
  'POST /dicom-web/studies HTTP/1.1\r\nHost: 127.0.0.1\r\n' +
  'Content-Type: multipart/related; type="application/dicom"; boundary=b\r\nContent-Length: 1000000\r\n\r\n';
const ATTACKS: readonly (readonly [string, string])[] = [
  ['uploads that stop after five bytes', `${UPLOAD}--b\r\n`],
  ['uploads that stop within the first file', `${UPLOAD}--b\r\nContent-Type: application/dicom\r\n\r\nDICM`],
  ['headers that do not end', 'GET /dicom-web/studies HTTP/1.1\r\nHost: 127.0'],
  [
    'hooks whose body does not end',
    'POST /hooks/stable-study HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60\r\n\r\n{"st',
  ],
  ['connections that say nothing', ''],
];

let stack: Stack;
let gateway: OurProcess;
let sockets: Socket[] = [];
/** Sockets that the gateway has answered. */
const answered = new Set<Socket>();

beforeAll(async () => {
  stack = await startStack();
  gateway = await stack.start('all', {
    ESP_MODEL_MANIFEST: writeBrightModel(),
    ESP_DICOMWEB_IDLE_SECONDS: '120',
    ESP_LOG_LEVEL: 'info',
  });
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  answered.clear();
});
afterAll(() => stack?.close());

/** Opens the connections, a few at a time, and leaves them as they are. */
async function attack(text: string): Promise<void> {
  const { hostname, port } = new URL(gateway.base);
  for (let opened = 0; opened < COUNT; opened += 50) {
    const batch = Array.from({ length: Math.min(50, COUNT - opened) }, async () => {
      const socket = connect(Number(port), hostname);
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => answered.add(socket));
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve).once('error', reject);
      });
      if (text !== '') socket.write(text);
    });
    await Promise.all(batch);
  }
  // So that the gateway has read what was sent.
  await new Promise((resolve) => setTimeout(resolve, 1000));
}

/** The median of five searches, ms; each must succeed. */
async function searchTime(): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    const started = performance.now();
    const response = await fetch(`${gateway.base}/dicom-web/studies?limit=1`);
    await response.arrayBuffer();
    expect(response.status).toBe(200);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[2]!;
}

/** Stores in the archive itself, as a modality does; the change feed tells the gateway. */
async function storeInArchive(file: Uint8Array): Promise<void> {
  const response = await fetch(`${stack.orthanc.dicomwebUrl}/studies`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/related; type="application/dicom"; boundary=b' },
    body: joinDicomParts([file], 'b'),
  });
  await response.arrayBuffer();
  expect(response.status).toBe(200);
}

describe(`${COUNT} connections`, () => {
  it.each(ATTACKS)('with %s: searches are answered, and studies go on', async (what, text) => {
    const before = await searchTime();
    await attack(text);
    const during = await searchTime();
    if (process.env.ESP_HALF_OPEN)
      console.log(`${COUNT} ${what}: ${before.toFixed(0)} → ${during.toFixed(0)} ms`);
    expect(during).toBeLessThan(SLOWEST_SEARCH_MS + 3 * before);
    const phantom = phantomInstance({ kind: 'dermoscopy', salt: `half-open ${what}` });
    await storeInArchive(phantom.bytes);
    const study = await finished(gateway.client, phantom.studyInstanceUid);
    expect(study.outcome).toBe('segmented');
    expect(sockets.filter((socket) => socket.destroyed).length).toBeLessThan(COUNT);
  });

  it('that take every place for uploads leave searches alone; an upload is told when to try again', async () => {
    await attack(ATTACKS[1]![1]);
    await eventually('one upload more than there are places', async () => answered.size > 0);
    const response = await fetch(`${gateway.base}/dicom-web/studies`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/related; type="application/dicom"; boundary=b' },
      body: joinDicomParts([phantomInstance({ kind: 'dermoscopy', salt: 'refused' }).bytes], 'b'),
    });
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ title: 'GATEWAY_BUSY' });
  });
});
