import { afterEach, describe, expect, it, vi } from 'vitest';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EncodedFrame } from '../../src/core/index.js';
import { type EngineClient, openEngine } from '../../src/model/index.js';
import { drawPhantom } from '../../src/phantom/draw-phantom.js';
import type { EngineClientOptions } from '../../src/model/process/engine-client.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ENTRY = join(ROOT, 'dist/model/process/engine-main.js');
if (!existsSync(ENTRY)) throw new Error('the engine is not built: npm run build');

const { raster, mask } = drawPhantom({ channel: 'dermoscopy', width: 200, height: 150, seed: 2 });
const frame: EncodedFrame = {
  bytes: raster.data,
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  pixels: {
    rows: 150,
    columns: 200,
    samplesPerPixel: 3,
    photometricInterpretation: 'RGB',
    planarConfiguration: 0,
    bitsAllocated: 8,
    bitsStored: 8,
    highBit: 7,
    pixelRepresentation: 0,
  },
};

/** Noise that takes a second or more in tiles. */
const large: EncodedFrame = {
  bytes: Uint8Array.from({ length: 900 * 900 * 3 }, (_, i) => 60 + ((i * 7919) % 97)),
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  pixels: { ...frame.pixels, rows: 900, columns: 900 },
};

/** Processor time that a process has used, in ticks of 10 ms (proc(5), fields 14 and 15 of stat). */
const ticks = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return Number(fields[11]) + Number(fields[12]);
};

/** For what takes no second on a machine that has nothing else to do. */
const LONG_MS = 30_000;

let engine: EngineClient | undefined;
const open = (change: Partial<EngineClientOptions> = {}): EngineClient =>
  (engine = openEngine({
    entry: ENTRY,
    manifestPath: process.env.ESP_MODEL_MANIFEST ?? join(ROOT, 'models/manifest.json'),
    threads: 2,
    provider: 'cpu',
    deadlineMs: 60_000,
    memoryBytes: 8 * 2 ** 30,
    ...change,
  }));
afterEach(() => engine?.close());

describe('the engine', { timeout: 90_000 }, () => {
  it('tells nobody of model and machine: ONNX Runtime opens no store for what it would report', async () => {
    const client = open();
    await client.load();
    await client.segment(frame, 'dermoscopy');
    const files = (kind: 'maps' | 'environ') => readFileSync(`/proc/${client.pid()}/${kind}`, 'latin1');
    // Otherwise the engine keeps events for its maker in a database, which lies mapped in its memory.
    expect(files('maps')).toContain('libonnxruntime');
    expect(files('maps')).not.toMatch(/onnxruntime\.db/);
    expect(files('environ').split('\0')).toContain('ORT_DISABLE_TELEMETRY=1');
  });

  it('tells its model and gives a mask in source geometry', async () => {
    const client = open();
    const model = await client.load();
    expect(model.channels.map(({ name }) => name)).toContain('dermoscopy');
    const result = await client.segment(frame, 'dermoscopy');
    expect(result.mask).toHaveLength(mask.data.length);
    expect(result.mask.reduce((sum, bit) => sum + bit, 0)).toBe(result.positivePixels);
  });

  it('gives the same mask twice', async () => {
    const client = open();
    const [first, second] = await Promise.all([client.segment(frame, 'xray'), client.segment(frame, 'xray')]);
    expect(first.mask).toEqual(second.mask);
  });

  it('decodes a picture once that it classifies and then segments', async () => {
    const decodes: boolean[] = [];
    const ignore = () => undefined;
    const took = ({ decode }: { decode: number }) => void decodes.push(decode > 0);
    const client = open({ watch: { loaded: ignore, restarted: ignore, outOfMemory: ignore, took } });
    await client.detect(frame);
    const held = await client.segment(frame, 'dermoscopy');
    expect(decodes).toEqual([true, false]);
    // It is held for one segmentation only, and anew by the next classification.
    const again = await client.segment(frame, 'dermoscopy');
    expect([decodes.at(-1), again.mask]).toEqual([true, held.mask]);
    const picture = await client.decode(frame);
    expect([picture.width, picture.height]).toEqual([200, 150]);
    expect((await client.segment(picture, 'dermoscopy')).mask).toEqual(held.mask);
    expect(decodes.slice(-2)).toEqual([true, false]);
  });

  it('that is killed between classifying and segmenting gets the picture again', async () => {
    const client = open();
    await client.detect(frame);
    const pid = client.pid()!;
    process.kill(pid, 'SIGKILL');
    // A large process takes its time to go.
    await vi.waitFor(() => expect(client.pid()).not.toBe(pid), LONG_MS);
    expect((await client.segment(frame, 'dermoscopy')).mask).toHaveLength(mask.data.length);
  });

  it('segments a picture whose classification failed as if it were new', async () => {
    const client = open();
    const short = { ...frame, bytes: frame.bytes.subarray(0, 100) };
    await expect(client.detect(short)).rejects.toMatchObject({ code: 'PIXELS_INVALID' });
    await expect(client.segment(short, 'dermoscopy')).rejects.toMatchObject({ code: 'PIXELS_INVALID' });
  });

  it('is replaced when it is killed: the request under way fails as retryable, the next one works', async () => {
    const client = open();
    await client.load();
    const pid = client.pid()!;
    const before = ticks(pid);
    const doomed = client.segment(large, 'fundus');
    // Busy for a quarter of a second: no longer the question whether it lives, but the request.
    await vi.waitFor(() => expect(ticks(pid) - before).toBeGreaterThan(25), {
      timeout: 60_000,
      interval: 5,
    });
    process.kill(pid, 'SIGKILL');
    await expect(doomed).rejects.toMatchObject({ code: 'ENGINE_CRASHED', retryable: true });
    await expect(client.segment(frame, 'fundus')).resolves.toBeDefined();
  });

  it('gives those that stand in line their own answers, also when it is killed under the first', async () => {
    const client = open();
    await client.load();
    const [first, second] = await Promise.all([
      client.segment(frame, 'dermoscopy'),
      client.segment({ ...large, pixels: { ...large.pixels, rows: 300, columns: 2700 } }, 'dermoscopy'),
    ]);
    expect([first.mask.length, second.mask.length]).toEqual([150 * 200, 300 * 2700]);
    const underWay = client.segment(large, 'fundus');
    const behind = client.segment(frame, 'dermoscopy');
    const failed = expect(underWay).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
    const before = ticks(client.pid()!);
    await vi.waitFor(() => expect(ticks(client.pid()!)).toBeGreaterThan(before + 5), LONG_MS);
    process.kill(client.pid()!, 'SIGKILL');
    await failed;
    expect((await behind).mask.length).toBe(150 * 200);
  });

  it('the request after a kill meets a living engine, however soon it comes', async () => {
    const client = open();
    for (let kills = 0; kills < 3; kills += 1) {
      await client.load();
      process.kill(client.pid()!, 'SIGKILL');
      await expect(client.segment(frame, 'fundus')).resolves.toBeDefined();
    }
  });

  it('is killed when a request passes its deadline', async () => {
    const client = open({ deadlineMs: 1 });
    await client.load();
    const pid = client.pid()!;
    await expect(client.segment(frame, 'dermoscopy')).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), LONG_MS);
  });

  it('is replaced when it holds too much memory', async () => {
    const client = open({ memoryBytes: 1 });
    await client.load();
    const first = client.pid();
    await client.segment(frame, 'dermoscopy');
    await client.segment(frame, 'dermoscopy');
    expect(client.pid()).not.toBe(first);
  });

  it('reports damaged pixels without dying', async () => {
    const client = open();
    await client.load();
    const pid = client.pid();
    const short = { ...frame, bytes: frame.bytes.subarray(0, 100) };
    await expect(client.segment(short, 'dermoscopy')).rejects.toMatchObject({ code: 'PIXELS_INVALID' });
    expect(client.pid()).toBe(pid);
  });

  it('says which file to restore when there is no model, and tries again when asked again', async () => {
    const client = open({ manifestPath: '/nowhere/manifest.json' });
    await expect(client.load()).rejects.toMatchObject({ code: 'MODEL_INVALID' });
    await expect(client.load()).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  });

  it('sees nothing of our environment', async () => {
    process.env.ESP_ARCHIVE_PASSWORD = 'secret';
    const client = open();
    await client.load();
    const { readFileSync } = await import('node:fs');
    const environment = readFileSync(`/proc/${client.pid()}/environ`, 'latin1');
    delete process.env.ESP_ARCHIVE_PASSWORD;
    expect(environment).not.toContain('secret');
    // What it is given says that a GPU rounds nothing.
    expect(environment.split('\0')).toContain('NVIDIA_TF32_OVERRIDE=0');
  });
});
