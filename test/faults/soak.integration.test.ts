import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { faultsOfSoak, reportSoak } from '../../src/faults/report-soak.js';
import { soak, type Soak } from '../../src/faults/soak.js';
import { PROJECT_ROOT } from '../support/stack.js';

const dir = mkdtempSync(join(tmpdir(), 'esp-soak-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('a soak', () => {
  it('queues studies, has all of them done in their order, and looks at what processes hold', async () => {
    const soaked = await soak({
      root: PROJECT_ROOT,
      dir,
      seed: 'test',
      studies: 25,
      minutes: 0,
      say: () => undefined,
    });
    expect(soaked.verdicts).toEqual([]);
    expect(soaked.overtaken).toBe(0);
    expect(soaked.studies).toBe(25);
    const seen = soaked.processes.map(({ name }) => name);
    expect(seen).toEqual(expect.arrayContaining(['gateway-1', 'worker-2', 'engine of worker-1']));
    for (const { last, loopLongest, name } of soaked.processes) {
      expect(last, name).toBeGreaterThan(10);
      if (!name.startsWith('engine')) expect(loopLongest, name).toBeGreaterThan(0);
    }
  }, 600_000);
});

describe('what is wrong with a soak', () => {
  const right: Soak = {
    studies: 2,
    minutes: 30,
    perMinute: 100,
    verdicts: [],
    overtaken: 0,
    processes: [{ name: 'worker-1', settled: 100, last: 120, loopMedian: 12, loopLongest: 30 }],
  };

  it('is nothing where every study is right and nobody grew', () => {
    expect(faultsOfSoak(right)).toEqual([]);
    expect(reportSoak(right)).toContain('| worker-1 | 100 | 120 | 12 (30) |');
  });

  it('is a study that is not right, an urgent one that had to wait, and a process that grew', () => {
    const wrong: Soak = {
      ...right,
      verdicts: [{ study: '1.2', kind: 'lost', why: 'it has no SEG' }],
      overtaken: 3,
      processes: [{ ...right.processes[0]!, last: 190 }],
    };
    expect(faultsOfSoak(wrong)).toEqual([
      'lost: it has no SEG (1.2)',
      '3 urgent studies began after others',
      'worker-1 grew from 100 to 190 MB',
    ]);
    expect(reportSoak(wrong)).toContain('| 2 | 30 | 100 | 1 | 0 | 0 | 3 |');
  });
});
