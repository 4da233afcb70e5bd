import { describe, expect, it } from 'vitest';
import type { DoctorContext } from '../../src/doctor/context.js';
import { workersAgree } from '../../src/doctor/checks/workers.js';

/** Workers that are alive, as they tell of themselves. */
function judged(...workers: readonly { version?: string; sha256?: string; precision?: string }[]) {
  const alive = workers.map(({ version = '1.0.0', sha256 = 'ab'.repeat(32), precision = 'float32' }) => ({
    version,
    model: { version: '0.6.0', sha256 },
    precision,
  }));
  const context = {
    probes: { redis: async () => ({ kind: 'redis' }), workers: async () => ({ alive, gone: 0 }) },
  };
  return workersAgree.run(context as unknown as DoctorContext);
}

describe('workers agree', () => {
  it('when version, model and precision are the same', async () => {
    expect(await judged({ precision: 'int8' }, { precision: 'int8' })).toMatchObject({
      status: 'ok',
      found: 'Version 1.0.0, model abababababab…, int8 products',
    });
  });

  it.each([
    ['versions', { version: '1.0.1' }, '2 versions and 1 models at work'],
    ['models', { sha256: 'cd'.repeat(32) }, '1 versions and 2 models at work'],
    ['precisions', { precision: 'int8' }, '1 versions and 2 models at work'],
  ])('no more with two %s: the same study could get different results', async (_what, other, found) => {
    expect(await judged({}, other)).toMatchObject({
      status: 'warn',
      found: expect.stringContaining(found) as string,
      advice: expect.stringMatching(/precision/) as string,
      setting: expect.stringMatching(/model\.manifest.*engine\.precision/) as string,
    });
  });
});
