import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reportFaults, runFaults } from '../../src/faults/index.js';
import { PROJECT_ROOT } from '../support/stack.js';

/** Eight kinds, one of each part: what `scripts/faults` does with all of them, many times. */
const KINDS = [
  'worker killed before the SEG is stored',
  'worker killed when the SEG is stored, untold',
  'worker killed before the ledger says done',
  'gateway killed with changes read',
  'engine killed',
  'Redis killed',
  'Redis emptied',
  'disk of Orthanc full',
  'archive loses answers',
];

it(
  'nothing is lost, twice or untrue after faults of every part',
  async () => {
    const seed = process.env.FAULTS_SEED ?? '1';
    const dir = mkdtempSync(join(tmpdir(), 'esp-faults-'));
    const options = { root: PROJECT_ROOT, dir, seed, count: KINDS.length, only: KINDS };
    const run = await runFaults(options);
    // A failure shows the seed, by which the same choices are made again, and keeps data and logs.
    const told = `FAULTS_SEED=${seed}, logs in ${dir}\n${reportFaults(run)}`;
    expect(run.verdicts, told).toEqual([]);
    expect(run.leaks, told).toEqual([]);
    expect(run.faults.map(({ kind }) => kind).sort(), told).toEqual([...KINDS].sort());
    rmSync(dir, { recursive: true, force: true });
  },
  30 * 60_000,
);
