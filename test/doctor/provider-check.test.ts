import { describe, expect, it } from 'vitest';
import type { DoctorContext } from '../../src/doctor/context.js';
import { provider } from '../../src/doctor/checks/workers.js';

/** Workers that are alive, on machines a, b, c …, as they tell of themselves. */
function judged(wanted: 'cpu' | 'cuda', workers: readonly { provider: string; fellBack: boolean }[]) {
  const alive = workers.map((worker, i) => ({ host: 'abc'[i], ...worker }));
  const context = {
    settings: { engine: { provider: wanted } },
    probes: { workers: async () => ({ alive, gone: 0 }) },
  };
  return provider.run(context as unknown as DoctorContext);
}

describe('where the engines run', () => {
  it('is as it should be on the GPU that is wanted, beside workers that are meant for a CPU', async () => {
    const workers = [
      { provider: 'cuda', fellBack: false },
      { provider: 'cpu', fellBack: false },
    ];
    expect(await judged('cuda', workers)).toMatchObject({
      status: 'ok',
      found: 'The workers run on cuda and cpu',
    });
  });

  it('is warned of when one went on with the CPU, wherever the doctor is asked', async () => {
    const workers = [
      { provider: 'cuda', fellBack: false },
      { provider: 'cpu', fellBack: true },
    ];
    for (const wanted of ['cuda', 'cpu'] as const) {
      expect(await judged(wanted, workers)).toMatchObject({
        status: 'warn',
        found: '1 of 2 went on with the CPU because the memory of the GPU did not suffice',
        advice: expect.stringMatching(/worker\.concurrency.*restart b\./) as string,
        setting: 'engine.gpuOutOfMemory (ESP_ENGINE_GPU_OUT_OF_MEMORY)',
      });
    }
  });
});
