import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom, type Random } from '../../src/phantom/random.js';

const SHORT = 400;
const FIRST = Number(process.env.FUZZ_SEED ?? 1);
const COUNT = Number(process.env.FUZZ_CASES ?? SHORT);
/** Long runs tell every so many cases how far they are. */
const PROGRESS = 10_000;

/** Time for all cases of one test: some decoders are loaded anew after each frame that they refuse. */
export const TIMEOUT_MS = 60_000 + COUNT * 500;

/** Seeds that once found a fault, and are tried first in every run. */
function keptSeeds(target: string): readonly number[] {
  const file = join(import.meta.dirname, 'kept-seeds.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as Record<string, number[]>)[target] ?? [];
}

/**
 * Runs a check with one source of chance for each case; `scripts/fuzz` says how many, and from which seed on.
 * @throws Error that names the seed of the case that failed, and how to repeat it
 */
export async function forEachCase(
  target: string,
  check: (random: Random, seed: number) => void | Promise<void>,
): Promise<number> {
  const seeds = [...keptSeeds(target), ...Array.from({ length: COUNT }, (_, i) => FIRST + i)];
  for (const [i, seed] of seeds.entries()) {
    try {
      await check(randomFrom(target, seed), seed);
    } catch (cause) {
      throw new Error(
        `${target}, seed ${seed}; again with: scripts/fuzz --seed ${seed} --cases 1. Once mended, add the seed to test/fuzz/kept-seeds.json`,
        { cause },
      );
    }
    if ((i + 1) % PROGRESS === 0) process.stdout.write(`${target}: ${i + 1} of ${seeds.length}\n`);
  }
  return seeds.length;
}
