import { afterAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/core/index.js';
import { inBatches } from '../../src/model/network/batches.js';
import { engineBatchSize } from '../../src/model/process/engine-count.js';
import { createEngine, type Engine } from '../../src/model/process/engine.js';
import { drawPhantom, type PhantomChannel } from '../../src/phantom/draw-phantom.js';

/** Runs the numbers from 1 to `count` and tells the batches beside the answers, ten times each number. */
async function run(count: number, size: number) {
  const batches: number[][] = [];
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const answer = (batch: readonly number[]) => {
    batches.push([...batch]);
    return Promise.resolve(batch.map((number) => 10 * number));
  };
  const answers: number[] = [];
  for await (const one of inBatches(numbers, { items: size }, answer)) answers.push(one);
  return { answers, batches };
}

describe('items in batches', () => {
  it('keep their order, and the last batch holds what is left', async () => {
    const { answers, batches } = await run(7, 3);
    expect(batches).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    expect(answers).toEqual([10, 20, 30, 40, 50, 60, 70]);
    expect((await run(6, 3)).batches).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect((await run(2, 16)).batches).toEqual([[1, 2]]);
  });

  it('are made only when the answers of the batch before have been taken', async () => {
    const made: number[] = [];
    function* numbers() {
      for (let i = 1; i <= 4; i += 1) {
        made.push(i);
        yield i;
      }
    }
    const answers = inBatches(numbers(), { items: 1 }, (batch) => Promise.resolve(batch));
    await answers.next();
    expect(made).toEqual([1]);
    await answers.next();
    expect(made).toEqual([1, 2]);
  });
});

describe('the batch size', () => {
  it('is one on a CPU and more on a GPU, unless it is set', () => {
    expect(engineBatchSize(0, 'cpu')).toBe(1);
    expect(engineBatchSize(0, 'cuda')).toBeGreaterThan(1);
    expect([engineBatchSize(5, 'cpu'), engineBatchSize(5, 'cuda')]).toEqual([5, 5]);
  });
});

describe('the shipped model', { timeout: 300_000 }, () => {
  const engines = new Map<number, Engine>();
  const engineWith = async (batchSize: number) => {
    const manifestPath = 'models/manifest.json';
    const engine =
      engines.get(batchSize) ??
      (await createEngine({ manifestPath, threads: 1, provider: 'cpu', batchSize }));
    engines.set(batchSize, engine);
    return engine;
  };
  afterAll(() => Promise.all([...engines.values()].map((engine) => engine.close())));

  // 16 tiles: three batches of 5 and one of 1; 4 views: one batch, or 3 and 1.
  it.each<[PhantomChannel & Channel, number[], number]>([
    ['microscopy', [5], 16],
    ['colonoscopy', [4, 3], 4],
  ])('gives the same masks and figures of %s in batches of %j', async (channel, sizes, passes) => {
    const { raster } = drawPhantom({ channel, width: 700, height: 600, seed: 3 });
    const single = await engineWith(1);
    const { tiles, views } = single.model.channels.find(({ name }) => name === channel)!;
    expect(tiles * tiles * views).toBe(passes);
    const expected = await single.segmentRaster(raster, channel);
    expect(expected.positivePixels).toBeGreaterThan(1000);
    for (const size of sizes) {
      const found = await (await engineWith(size)).segmentRaster(raster, channel);
      expect(Buffer.compare(found.mask, expected.mask)).toBe(0);
      expect(found.positivePixels).toBe(expected.positivePixels);
      const figures = ({ meanProbability, presence = 0, quality }: typeof found) =>
        [meanProbability, presence, quality!.predicted, quality!.lower].map((figure) =>
          Number(figure.toFixed(5)),
        );
      expect(figures(found)).toEqual(figures(expected));
    }
  });
});
