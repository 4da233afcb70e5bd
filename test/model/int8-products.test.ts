import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../src/model/process/engine.js';
import { goldenPicture } from '../../src/model/process/golden-picture.js';
import { isExactOn } from '../../src/model/network/int8-products.js';
import { writeTinyModel } from './tiny-model.js';

const OPTIONS = { threads: 1, provider: 'cpu', manifestPath: 'models/manifest.json' } as const;
const picture = goldenPicture(200, 300);

/** Intersection over union of two masks; 1 where both are empty. */
function overlap(one: Uint8Array, other: Uint8Array): number {
  let both = 0;
  let any = 0;
  one.forEach((value, i) => {
    both += value & other[i]!;
    any += value | other[i]!;
  });
  return any === 0 ? 1 : both / any;
}

async function withBoth<T>(use: (float32: Engine, int8: Engine) => Promise<T>): Promise<T> {
  const engines = await Promise.all([createEngine(OPTIONS), createEngine({ ...OPTIONS, precision: 'int8' })]);
  try {
    return await use(...(engines as [Engine, Engine]));
  } finally {
    for (const engine of engines) await engine.close();
  }
}

/** Of the machine that runs this. */
const isExactHere = isExactOn(process.arch, readFileSync('/proc/cpuinfo', 'utf8'));

describe('processors', () => {
  it.each([
    ['x64', 'flags : fpu avx2 avx512f avx512_vnni', true],
    ['x64', 'flags : fpu avx2 avx_vnni', true],
    ['x64', 'flags : fpu avx512f amx_tile amx_int8', true],
    ['x64', 'flags : fpu avx2 avx512f', false],
    ['x64', undefined, false],
    ['arm64', 'Features : fp asimd', true],
  ])('%s with %s: exact is %s', (architecture, cpuinfo, exact) => {
    expect(isExactOn(architecture, cpuinfo)).toBe(exact);
  });

  it.runIf(!isExactHere)('this one is refused, because its products overflow', async () => {
    await expect(createEngine({ ...OPTIONS, precision: 'int8' })).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringMatching(/VNNI.*float32/) as string,
    });
  });
});

describe.runIf(isExactHere)('the shipped model with 8-bit products', { timeout: 120_000 }, () => {
  it('outlines nearly the same in every channel, by other numbers', async () => {
    await withBoth(async (float32, int8) => {
      const moved: number[] = [];
      for (const { name } of float32.model.channels) {
        const [expected, found] = [await float32.segment(picture, name), await int8.segment(picture, name)];
        expect(overlap(found.mask, expected.mask), name).toBeGreaterThan(0.97);
        moved.push(Math.abs(found.meanProbability - expected.meanProbability));
      }
      expect(Math.max(...moved)).toBeGreaterThan(0);
      expect(Math.max(...moved)).toBeLessThan(0.02);
    });
  });

  it('says so, in words that are part of the identity of its results', async () => {
    await withBoth(async (float32, int8) => {
      expect([float32.model.precision, int8.model.precision]).toEqual(['float32', 'int8']);
      expect(int8.model.sha256).toBe(float32.model.sha256);
      const steps = int8.model.channels.map(({ steps: of = [] }) => of.at(-1));
      expect(new Set(steps).size).toBe(1);
      expect(steps[0]).toMatch(/^int8 products \(graph [0-9a-f]{16}\)$/);
      expect(JSON.stringify(float32.model.channels)).not.toContain('int8');
    });
  });
});

it.runIf(isExactHere)('a model without such a graph is refused, with the setting to change', async () => {
  const options = { ...OPTIONS, manifestPath: writeTinyModel(), precision: 'int8' } as const;
  await expect(createEngine(options)).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    message: expect.stringMatching(
      /no graph that multiplies in 8 bits\. Set engine\.precision to float32/,
    ) as string,
  });
});
