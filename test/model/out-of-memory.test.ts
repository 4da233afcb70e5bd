import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/index.js';
import { inBatches } from '../../src/model/network/batches.js';
import { isMemoryFailure } from '../../src/model/network/memory-failure.js';
import { openSession, type OpenSession } from '../../src/model/network/session.js';
import { type EngineClient, openEngine } from '../../src/model/process/engine-client.js';
import { createEngine } from '../../src/model/process/engine.js';
import type { EngineOptions, EngineState } from '../../src/model/process/protocol.js';
import type { Manifest } from '../../src/model/network/manifest-schema.js';
import { drawPhantom } from '../../src/phantom/draw-phantom.js';
import { buildEngineMain } from './build-engine-main.js';
import { writeTinyModel } from './tiny-model.js';

/** No GPU is needed: the models and sessions here run on the CPU, and run out of memory when they are told to. */
const CPU = { threads: 1, provider: 'cpu' } as const;

const { raster } = drawPhantom({ channel: 'microscopy', width: 500, height: 500, seed: 4 });

/** X-rays in 3 × 3 tiles, so that a picture takes nine passes. */
const tiled = (manifest: Manifest) => ({
  ...manifest,
  channels: manifest.channels.map((channel) =>
    channel.name === 'xray' ? { ...channel, tiles: 3 } : channel,
  ),
});

async function segmented(options: EngineOptions, open?: OpenSession) {
  const engine = await createEngine(options, undefined, open);
  try {
    const result = await engine.segmentRaster(raster, 'xray');
    return { result, state: engine.state() };
  } finally {
    await engine.close();
  }
}

const notEnough = () => new AppError('ENGINE_OUT_OF_MEMORY', 'memory does not suffice');

describe('a batch that memory does not suffice for', () => {
  /** Batches that fit and their answers, with room for so many items. */
  async function run(count: number, size: number, room: () => number) {
    const limit = { items: size };
    const tried: number[] = [];
    const answers: number[] = [];
    const numbers = Array.from({ length: count }, (_, i) => i);
    const results = inBatches(numbers, limit, (batch) => {
      tried.push(batch.length);
      return batch.length > room() ? Promise.reject(notEnough()) : Promise.resolve(batch);
    });
    for await (const answer of results) answers.push(answer);
    expect(answers).toEqual(numbers);
    return { tried, limit: limit.items };
  }

  it('is halved until it fits, and later batches are as small', async () => {
    expect(await run(20, 16, () => 5)).toEqual({ tried: [16, 8, 4, 4, 4, 4, 4], limit: 4 });
    // What is halved is what failed, which may be less than a batch can have.
    expect(await run(6, 16, () => 4)).toEqual({ tried: [6, 3, 3], limit: 3 });
  });

  it('stays small when there is room again', async () => {
    let room = 2;
    expect(await run(8, 4, () => (room += 0.5))).toEqual({ tried: [4, 2, 2, 2, 2], limit: 2 });
  });

  it('of a single item fails, as does whatever has another reason', async () => {
    await expect(run(3, 2, () => 0)).rejects.toMatchObject({ code: 'ENGINE_OUT_OF_MEMORY' });
    let runs = 0;
    const broken = inBatches([1, 2, 3, 4], { items: 4 }, () => {
      runs += 1;
      return Promise.reject(new AppError('MODEL_INVALID', 'no numbers'));
    });
    await expect(broken.next()).rejects.toMatchObject({ code: 'MODEL_INVALID' });
    expect(runs).toBe(1);
  });
});

describe('what the runtime says of memory', () => {
  it.each([
    'Non-zero status code returned while running Conv node. Name: x Status Message: /onnxruntime/core/framework/bfc_arena.cc:376 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) Failed to allocate memory for requested buffer of size 805306368',
    'BFCArena::AllocateRawInternal Available memory of 1048576 is smaller than requested bytes of 2097152',
    'CUDA failure 2: out of memory ; GPU=0 ; expr=cudaMalloc((void**)&p, size);',
    'CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0 ; expr=cublasCreate(&cublas_handle_);',
    'std::bad_alloc',
  ])('is known: %s', (text) => {
    expect(isMemoryFailure(new Error(text))).toBe(true);
  });

  it.each([
    'Non-zero status code returned while running Reshape node. The input tensor cannot be reshaped',
    'CUDA failure 700: an illegal memory access was encountered ; GPU=0',
    'Got invalid dimensions for input: image',
  ])('is not seen in: %s', (text) => {
    expect(isMemoryFailure(new Error(text))).toBe(false);
  });
});

// The model itself asks for more memory than there is: what is read is what ONNX Runtime really says.
describe('a model that memory does not suffice for', () => {
  it('runs in the batches that fit, with the same mask', async () => {
    const expected = await segmented({ ...CPU, manifestPath: writeTinyModel({ change: tiled }) });
    expect(expected.result.positivePixels).toBeGreaterThan(1000);
    const manifestPath = writeTinyModel({ roomFor: 3, change: tiled });
    const { result, state } = await segmented({ ...CPU, manifestPath, batchSize: 9 });
    expect(Buffer.compare(result.mask, expected.result.mask)).toBe(0);
    expect(state).toEqual({ provider: 'cpu', batchSize: 2 });
  });

  it('is an error that is tried again when not even one pass fits', async () => {
    const manifestPath = writeTinyModel({ roomFor: 0, change: tiled });
    await expect(segmented({ ...CPU, manifestPath, batchSize: 4, cpuFallback: true })).rejects.toMatchObject({
      code: 'ENGINE_OUT_OF_MEMORY',
      retryable: true,
    });
  });
});

/** Sessions that a GPU is asked for are on the CPU and have room for so many pictures; those of the CPU are as they are. */
function gpuWithRoomFor(room: number) {
  const opened: string[] = [];
  const open: OpenSession = async (path, options, contract) => {
    opened.push(options.provider);
    const session = await openSession(path, { ...options, provider: 'cpu' }, contract);
    if (options.provider === 'cpu') return session;
    return {
      ...session,
      provider: options.provider,
      run: async (inputs, outputs) => {
        if (Object.values(inputs)[0]!.dims[0]! > room) throw notEnough();
        return session.run(inputs, outputs);
      },
    };
  };
  return { open, opened };
}

describe('an engine on a GPU whose memory is short', { timeout: 120_000 }, () => {
  const onGpu = { threads: 1, provider: 'cuda', manifestPath: 'models/manifest.json' } as const;
  const { raster: polyp } = drawPhantom({ channel: 'colonoscopy', width: 320, height: 256, seed: 5 });

  it('halves, then goes on with the CPU for good, with the mask of the CPU', async () => {
    const alone = await createEngine({ ...onGpu, provider: 'cpu' });
    const expected = await alone.segmentRaster(polyp, 'colonoscopy');
    await alone.close();
    const gpu = gpuWithRoomFor(0);
    const engine = await createEngine({ ...onGpu, batchSize: 16, cpuFallback: true }, undefined, gpu.open);
    expect(engine.state()).toEqual({ provider: 'cuda', batchSize: 16 });
    const found = await engine.segmentRaster(polyp, 'colonoscopy');
    expect(Buffer.compare(found.mask, expected.mask)).toBe(0);
    expect(found.meanProbability).toBeCloseTo(expected.meanProbability, 5);
    expect(engine.state()).toEqual({ provider: 'cpu', batchSize: 1 });
    // Two models on the GPU, one of them opened once more on the CPU and kept for the next picture.
    expect(gpu.opened).toEqual(['cuda', 'cuda', 'cpu']);
    await engine.segmentRaster(polyp, 'dermoscopy');
    expect(gpu.opened).toHaveLength(3);
    await engine.detectRaster(polyp);
    expect(gpu.opened).toEqual(['cuda', 'cuda', 'cpu', 'cpu']);
    await engine.close();
  });

  it('stays on the GPU when a smaller batch fits', async () => {
    const gpu = gpuWithRoomFor(3);
    const options = {
      ...onGpu,
      batchSize: 9,
      cpuFallback: true,
      manifestPath: writeTinyModel({ change: tiled }),
    };
    expect((await segmented(options, gpu.open)).state).toEqual({ provider: 'cuda', batchSize: 2 });
    expect(gpu.opened).toEqual(['cuda']);
  });

  it('gives the picture up where the CPU must not take over', async () => {
    const gpu = gpuWithRoomFor(0);
    const options = { ...onGpu, batchSize: 4, manifestPath: writeTinyModel() };
    await expect(segmented(options, gpu.open)).rejects.toMatchObject({ code: 'ENGINE_OUT_OF_MEMORY' });
    expect(gpu.opened).toEqual(['cuda']);
  });
});

/**
 * The engine's main module with a runtime under it that gives CPU sessions for `cuda`, with the text of CUDA's allocator when
 * asked to run one.
 */
const FULL_GPU = `
import ort from 'onnxruntime-node';
const create = ort.InferenceSession.create.bind(ort.InferenceSession);
ort.InferenceSession.create = async (path, options) => {
  const session = await create(path, { ...options, executionProviders: ['cpu'] });
  if (options.executionProviders[0] === 'cpu') return session;
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: async () => { throw new Error('CUDA failure 2: out of memory ; GPU=0'); },
    release: () => session.release(),
  };
};
await import('./engine-main.js');
`;

describe('an engine process whose memory is short', { timeout: 120_000 }, () => {
  let entry = '';
  let client: EngineClient | undefined;
  beforeAll(() => void (entry = buildEngineMain()), 60_000);
  afterEach(() => client?.close());

  /** An engine process and what it tells: each answer to short memory with the state since, and the providers loaded on. */
  function open(options: Partial<EngineOptions> & { manifestPath: string; main?: string }) {
    const told: [string, EngineState][] = [];
    const loadedOn: string[] = [];
    const watch = {
      loaded: ({ provider }: { provider: string }) => void loadedOn.push(provider),
      restarted: () => undefined,
      took: () => undefined,
      outOfMemory: (answer: string, state: EngineState) => void told.push([answer, state]),
    };
    const { main = entry, ...rest } = options;
    client = openEngine({ ...CPU, entry: main, deadlineMs: 60_000, memoryBytes: 2 ** 33, watch, ...rest });
    return { engine: client, told, loadedOn };
  }

  it('tells of halved batches once', async () => {
    const manifestPath = writeTinyModel({ roomFor: 3, change: tiled });
    const { engine, told } = open({ manifestPath, batchSize: 9 });
    await engine.segment(raster, 'xray');
    await engine.segment(raster, 'xray');
    expect(told).toEqual([['halved', { provider: 'cpu', batchSize: 2 }]]);
    expect(engine.state()).toEqual({ provider: 'cpu', batchSize: 2 });
  });

  it('tells of a picture that it gave up, and lives', async () => {
    const { engine, told } = open({ manifestPath: writeTinyModel({ roomFor: 0 }) });
    await engine.load();
    const pid = engine.pid();
    await expect(engine.segment(raster, 'xray')).rejects.toMatchObject({ code: 'ENGINE_OUT_OF_MEMORY' });
    expect(told).toEqual([['refused', { provider: 'cpu', batchSize: 1 }]]);
    expect(engine.pid()).toBe(pid);
  });

  it('tells once that the CPU goes on', async () => {
    const main = join(dirname(entry), 'full-gpu.js');
    writeFileSync(main, FULL_GPU);
    const options = { main, provider: 'cuda', batchSize: 16, cpuFallback: true } as const;
    const { engine, told, loadedOn } = open({ ...options, manifestPath: writeTinyModel({ change: tiled }) });
    expect(await engine.load()).toMatchObject({ provider: 'cuda' });
    const { positivePixels } = await engine.segment(raster, 'xray');
    expect(positivePixels).toBeGreaterThan(1000);
    await engine.segment(raster, 'xray');
    expect(told).toEqual([['cpu', { provider: 'cpu', batchSize: 1 }]]);
    expect(loadedOn).toEqual(['cuda', 'cpu']);
    expect(engine.state()).toEqual({ provider: 'cpu', batchSize: 1 });
  });
});
