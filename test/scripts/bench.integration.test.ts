import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { PROJECT_ROOT } from '../support/stack.js';

const run = promisify(execFile);
const MARKS = ['<!-- figures: scripts/bench --all writes them -->', '<!-- end of figures -->'];

interface Figure {
  readonly part: string;
  readonly name: string;
  readonly value: number;
}

async function bench(...args: string[]): Promise<{ figures: Figure[]; page: string; plot: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'esp-bench-test-'));
  try {
    const page = join(folder, 'performance.md');
    writeFileSync(page, `before\n${MARKS[0]}\nold figures\n${MARKS[1]}\nafter\n`);
    const script = join(PROJECT_ROOT, 'bench/performance/main.mjs');
    await run(process.execPath, [script, '--quick', '--out', folder, ...args], { cwd: PROJECT_ROOT });
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    const { figures } = JSON.parse(read('performance.json')) as { figures: Figure[] };
    return { figures, page: read('performance.md'), plot: read('performance.svg') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// What is measured is no test: machines differ. A bench that no longer runs is.
it.each(['network', 'study', 'gateway', 'workers', 'memory', 'start', 'ledger'])(
  'the bench measures %s in its quick form',
  { timeout: 600_000 },
  async (part) => {
    const { figures, page, plot } = await bench('--only', part);
    expect(figures.length).toBeGreaterThan(1);
    for (const figure of figures) expect(figure).toMatchObject({ part, value: expect.any(Number) });
    expect(page).toMatch(/^before\n/);
    expect(page).toMatch(/\nafter\n$/);
    expect(page).not.toContain('old figures');
    for (const { name } of figures) expect(page).toContain(`| ${name}`);
    expect(plot).toMatch(/^<svg [^]*<\/svg>\n$/);
  },
);

it('the bench says which parts there are when it is asked for another', async () => {
  await expect(bench('--only', 'nothing')).rejects.toThrow(/there is no part nothing; parts are network,/);
});
