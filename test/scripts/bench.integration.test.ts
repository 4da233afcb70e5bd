import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { PROJECT_ROOT } from '../support/stack.js';

const run = promisify(execFile);
const out = mkdtempSync(join(tmpdir(), 'esp-bench-test-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** Figures that are counted or timed, and so can be nothing but above zero; differences may have any sign. */
const POSITIVE = new Set(['GFLOP/s', 's', '/min', '×', 'B', '%']);

const report = z.object({
  quick: z.literal(true),
  figures: z.array(
    z.object({ part: z.string(), name: z.string(), value: z.number(), unit: z.string() }).loose(),
  ),
});

it('measures every part in its short form and writes what scripts/bench --all writes', async () => {
  cpSync(join(PROJECT_ROOT, 'docs/performance.md'), join(out, 'performance.md'));
  const bench = join(PROJECT_ROOT, 'bench/performance/main.mjs');
  const { stdout } = await run(process.execPath, [bench, '--quick', '--out', out]);

  const { figures } = report.parse(JSON.parse(readFileSync(join(out, 'performance.json'), 'utf8')));
  expect([...new Set(figures.map(({ part }) => part))]).toEqual([
    'network',
    'study',
    'gateway',
    'workers',
    'memory',
    'start',
    'ledger',
  ]);
  for (const { name, value, unit } of figures) {
    expect(Number.isFinite(value), name).toBe(true);
    if (POSITIVE.has(unit)) expect(value, name).toBeGreaterThan(0);
    expect(stdout).toContain(name);
  }
  const page = readFileSync(join(out, 'performance.md'), 'utf8');
  expect(page).toContain(stdout.trim());
  expect(page).toContain('## What bounds them');
  const plot = join(out, 'performance.svg');
  expect(readFileSync(plot, 'utf8')).toContain('gateway ready');
  await run('xmllint', ['--noout', '--nonet', plot]);
}, 900_000);
