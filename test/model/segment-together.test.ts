import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Channel, EncodedFrame, Raster } from '../../src/core/index.js';
import type { Manifest } from '../../src/model/network/manifest-schema.js';
import {
  type EngineClient,
  type EngineClientOptions,
  openEngine,
} from '../../src/model/process/engine-client.js';
import { picturesTogether } from '../../src/model/process/engine-count.js';
import { createEngine, type Engine } from '../../src/model/process/engine.js';
import type { EngineTiming, SegmentResult } from '../../src/model/process/protocol.js';
import { drawPhantom } from '../../src/phantom/draw-phantom.js';
import { buildEngineMain } from './build-engine-main.js';
import { writeTinyModel } from './tiny-model.js';

const COLUMNS = 60;

/** A grey picture of so many rows, which are told apart by their number and by their brightness. */
function grey(rows: number, value = 100 + rows): EncodedFrame {
  return {
    bytes: new Uint8Array(rows * COLUMNS * 3).fill(value),
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    pixels: {
      rows,
      columns: COLUMNS,
      samplesPerPixel: 3,
      photometricInterpretation: 'RGB',
      planarConfiguration: 0,
      bitsAllocated: 8,
      bitsStored: 8,
      highBit: 7,
      pixelRepresentation: 0,
    },
  };
}

/** Bright enough for the stand-in of the model, or not, by turns. */
const pictures = (count: number) =>
  Array.from({ length: count }, (_, i) => grey(20 + i, i % 2 === 0 ? 220 : 10));
const broken: EncodedFrame = { ...grey(20), bytes: new Uint8Array(5) };

/** The engine's main module, which writes down what it is asked and what goes through the network together. */
const writingDown = (path: string, before: string) => `
import { appendFileSync } from 'node:fs';
import ort from 'onnxruntime-node';
const write = (line) => appendFileSync(${JSON.stringify(path)}, line + '\\n');
const create = ort.InferenceSession.create.bind(ort.InferenceSession);
ort.InferenceSession.create = async (...options) => {
  const session = await create(...options);
  const run = session.run.bind(session);
  session.run = (inputs, outputs) => {
    if (inputs.modality) write('run of ' + inputs.image.dims[0]);
    ${before}
    return run(inputs, outputs);
  };
  return session;
};
await import('./engine-main.js');
// Not earlier: what comes before the engine listens would be lost.
process.on('message', ({ type, channel, frame, frames }) => {
  if (type.startsWith('segment')) write(type + ' ' + channel + ' ' + (frames ?? [frame]).map((one) => one === 'held' ? one : 'sent'));
});
`;

let entry = '';
let client: EngineClient | undefined;
let mains = 0;
beforeAll(() => void (entry = buildEngineMain()), 60_000);
afterEach(() => client?.close());

/** An engine process with the stand-in for the model. @param before code that runs before each run of the network */
function open(options: Partial<EngineClientOptions> & { before?: string } = {}) {
  const { before = '', ...rest } = options;
  const path = join(mkdtempSync(join(tmpdir(), 'esp-together-')), 'lines.txt');
  writeFileSync(path, '');
  const main = join(dirname(entry), `writing-down-${(mains += 1)}.js`);
  writeFileSync(main, writingDown(path, before));
  const timings: EngineTiming[] = [];
  const told: string[] = [];
  client = openEngine({
    entry: main,
    manifestPath: writeTinyModel({ detector: true }),
    threads: 1,
    provider: 'cpu',
    batchSize: 4,
    deadlineMs: 60_000,
    memoryBytes: 2 ** 33,
    watch: {
      loaded: () => undefined,
      restarted: () => void told.push('restarted'),
      took: (timing) => void timings.push(timing),
      outOfMemory: (answer) => void told.push(answer),
    },
    ...rest,
  });
  return { engine: client, timings, told, lines: () => readFileSync(path, 'utf8').split('\n').slice(0, -1) };
}

const codeOf = ({ status, ...rest }: PromiseSettledResult<SegmentResult>) =>
  status === 'rejected' ? ((rest as PromiseRejectedResult).reason as { code: string }).code : 'ok';

/** Masks of pictures, each alone in an engine that takes one at a time. */
async function masksAlone(frames: readonly EncodedFrame[], channel: Channel): Promise<Uint8Array[]> {
  const engine = await createEngine({ manifestPath: writeTinyModel(), threads: 1, provider: 'cpu' });
  const masks: Uint8Array[] = [];
  for (const frame of frames) masks.push((await engine.segment(frame, channel)).mask);
  await engine.close();
  return masks;
}

describe('pictures that stand in the line of an engine', { timeout: 60_000 }, () => {
  it('go through the network together, and each gets its own mask', async () => {
    const { engine, lines, timings } = open();
    await engine.load();
    const frames = pictures(6);
    const found = await Promise.all(frames.map((frame) => engine.segment(frame, 'dermoscopy')));
    const expected = await masksAlone(frames, 'dermoscopy');
    expect(new Set(expected.map((mask) => mask.includes(1)))).toEqual(new Set([true, false]));
    expect(found.map(({ mask }) => mask)).toEqual(expected);
    expect(lines()).toEqual([
      'segment-together dermoscopy sent,sent,sent,sent',
      'run of 4',
      'segment-together dermoscopy sent,sent',
      'run of 2',
    ]);
    expect(timings).toHaveLength(6);
    for (const { decode, infer } of timings) expect([decode > 0, infer > 0]).toEqual([true, true]);
  });

  it('go one by one, as they always did, where a batch is of one', async () => {
    const { engine, lines } = open({ batchSize: 1, batchWaitMs: 600_000 });
    await engine.load();
    await Promise.all(pictures(3).map((frame) => engine.segment(frame, 'xray')));
    expect(lines()).toEqual([
      'segment xray sent',
      'run of 1',
      'segment xray sent',
      'run of 1',
      'segment xray sent',
      'run of 1',
    ]);
  });

  it('of another channel go by themselves', async () => {
    const { engine, lines } = open();
    await engine.load();
    const [a, b, c] = pictures(3);
    await Promise.all([engine.segment(a!, 'xray'), engine.segment(b!, 'fundus'), engine.segment(c!, 'xray')]);
    expect(lines()).toEqual([
      'segment-together xray sent,sent',
      'run of 2',
      'segment fundus sent',
      'run of 1',
    ]);
  });

  it('that fill a batch by themselves go alone', async () => {
    const tiled = (manifest: Manifest) => ({
      ...manifest,
      channels: manifest.channels.map((channel) => ({ ...channel, tiles: 2 })),
    });
    const { engine, lines } = open({ manifestPath: writeTinyModel({ change: tiled }) });
    await engine.load();
    const { raster } = drawPhantom({ channel: 'xray', width: 300, height: 300, seed: 1 });
    await Promise.all([1, 2].map(() => engine.segment(raster, 'xray')));
    expect(lines()).toEqual(['segment xray sent', 'run of 4', 'segment xray sent', 'run of 4']);
  });

  it('harm no other when one is broken', async () => {
    const { engine, lines, timings } = open();
    await engine.load();
    const frames = pictures(3);
    const all = await Promise.allSettled(
      [frames[0]!, broken, frames[1]!, frames[2]!].map((frame) => engine.segment(frame, 'dermoscopy')),
    );
    expect(all.map(codeOf)).toEqual(['ok', 'PIXELS_INVALID', 'ok', 'ok']);
    const masks = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.mask] : []));
    expect(masks).toEqual(await masksAlone(frames, 'dermoscopy'));
    expect(lines()).toEqual(['segment-together dermoscopy sent,sent,sent,sent', 'run of 3']);
    expect(timings).toHaveLength(3);
  });

  it('are asked about one by one when the network fails for them together', async () => {
    const { engine, lines } = open({
      before: "if (inputs.image.dims[0] === 3) throw new Error('as wanted');",
    });
    await engine.load();
    const frames = pictures(3);
    const found = await Promise.all(frames.map((frame) => engine.segment(frame, 'dermoscopy')));
    expect(found.map(({ mask }) => mask)).toEqual(await masksAlone(frames, 'dermoscopy'));
    expect(lines().slice(1)).toEqual(['run of 3', 'run of 1', 'run of 1', 'run of 1']);
  });

  it('include the one that was classified last, which is not sent again', async () => {
    const { engine, lines, timings } = open();
    const [a, b, c] = pictures(3);
    await engine.detect(b!);
    await Promise.all([a!, b!, c!].map((frame) => engine.segment(frame, 'dermoscopy')));
    expect(lines()).toEqual(['segment-together dermoscopy sent,held,sent', 'run of 3']);
    expect(timings.map(({ decode }) => decode > 0)).toEqual([true, true, false, true]);
  });

  it('are each tried alone when the engine dies under them: only the one that kills it fails', async () => {
    // Nine is the brightness of the picture that kills.
    const kills = 'if (inputs.image.data.some((value) => value < -4.7 && value > -4.75)) process.exit(9);';
    const { engine, told, lines } = open({ before: kills });
    await engine.load();
    const frames = [grey(20, 200), grey(21, 9), grey(22, 10)];
    const all = await Promise.allSettled(frames.map((frame) => engine.segment(frame, 'dermoscopy')));
    expect(all.map(codeOf)).toEqual(['ok', 'ENGINE_CRASHED', 'ok']);
    expect(told).toEqual(['restarted', 'restarted']);
    expect(lines().filter((line) => line.startsWith('run'))).toEqual([
      'run of 3',
      'run of 1',
      'run of 1',
      'run of 1',
    ]);
  });

  it('are given up when the engine is closed under them, and start none anew', async () => {
    const { engine, lines, told } = open({ before: 'for (;;);' });
    await engine.load();
    const all = Promise.allSettled(pictures(3).map((frame) => engine.segment(frame, 'dermoscopy')));
    await vi.waitFor(() => expect(lines()).toContain('run of 3'), 30_000);
    await engine.close();
    expect((await all).map(codeOf)).toEqual(['ENGINE_CRASHED', 'ENGINE_CRASHED', 'ENGINE_CRASHED']);
    expect([engine.pid(), told]).toEqual([undefined, []]);
  });

  it('are fewer once memory did not suffice for so many', async () => {
    const { engine, lines, told } = open({ manifestPath: writeTinyModel({ roomFor: 3 }) });
    await engine.load();
    const frames = pictures(7);
    const found = await Promise.all(frames.map((frame) => engine.segment(frame, 'dermoscopy')));
    expect(found.map(({ mask }) => mask)).toEqual(await masksAlone(frames, 'dermoscopy'));
    expect(lines().filter((line) => line.startsWith('run'))).toEqual(
      [4, 2, 2, 2, 1].map((count) => `run of ${count}`),
    );
    expect([told, engine.state()]).toEqual([['halved'], { provider: 'cpu', batchSize: 2 }]);
  });

  it('are told each that not even one of them fits into memory', async () => {
    const { engine, told } = open({ manifestPath: writeTinyModel({ roomFor: 0 }) });
    await engine.load();
    const all = await Promise.allSettled(pictures(2).map((frame) => engine.segment(frame, 'xray')));
    expect(all.map(codeOf)).toEqual(['ENGINE_OUT_OF_MEMORY', 'ENGINE_OUT_OF_MEMORY']);
    expect(told.filter((answer) => answer === 'refused')).toHaveLength(2);
  });

  it('wait for further ones so long as they may, once there was company', async () => {
    const { engine, lines } = open({ batchWaitMs: 600_000 });
    await engine.load();
    const frames = pictures(6);
    // Nobody was there before: this one does not wait.
    await engine.segment(frames[0]!, 'xray');
    await Promise.all(frames.slice(0, 2).map((frame) => engine.segment(frame, 'xray')));
    const early = engine.segment(frames[2]!, 'xray');
    const late = frames.slice(3).map((frame) => engine.segment(frame, 'xray'));
    await Promise.all([early, ...late]);
    expect(lines().filter((line) => line.startsWith('run'))).toEqual(['run of 1', 'run of 2', 'run of 4']);
  });
});

describe('pictures that go together', () => {
  const model = {
    channels: [
      { name: 'xray', index: 0, threshold: 0.5, tiles: 1, views: 1 },
      { name: 'colonoscopy', index: 1, threshold: 0.5, tiles: 1, views: 4 },
      { name: 'fundus', index: 2, threshold: 0.5, tiles: 6, views: 1 },
    ],
  };
  it('are as many as one batch holds of their tiles and views, one at least', () => {
    const together = (batchSize: number) =>
      model.channels.map(({ name }) => picturesTogether(batchSize, name, model));
    expect([together(16), together(6), together(1)]).toEqual([
      [16, 4, 1],
      [6, 1, 1],
      [1, 1, 1],
    ]);
    expect(picturesTogether(16, 'thyroid', model)).toBe(1);
    expect(picturesTogether(16, 'xray', undefined)).toBe(1);
  });
});

describe('the shipped model', { timeout: 300_000 }, () => {
  let engine: Engine | undefined;
  afterAll(() => engine?.close());

  it.each(['ultrasound', 'dermoscopy', 'colonoscopy'] as const)(
    'gives the same masks of pictures of %s, of several sizes, together as one by one',
    async (channel) => {
      engine ??= await createEngine({
        manifestPath: 'models/manifest.json',
        threads: 1,
        provider: 'cpu',
        batchSize: 5,
      });
      const rasters: Raster[] = [
        [320, 256],
        [200, 300],
        [400, 300],
      ].map(
        ([width, height], i) => drawPhantom({ channel, width: width!, height: height!, seed: 7 + i }).raster,
      );
      const together = await engine.segmentRasters(rasters, channel);
      for (const [i, raster] of rasters.entries()) {
        const alone = await engine.segmentRaster(raster, channel);
        expect(alone.positivePixels).toBeGreaterThan(500);
        expect(Buffer.compare(together[i]!.mask, alone.mask)).toBe(0);
        expect(together[i]!.pictureSha256).toBe(alone.pictureSha256);
        expect(together[i]!.meanProbability).toBeCloseTo(alone.meanProbability, 5);
        expect(together[i]!.quality!.predicted).toBeCloseTo(alone.quality!.predicted, 5);
      }
    },
  );
});
