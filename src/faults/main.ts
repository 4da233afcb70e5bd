import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { reportFaults, total } from './report.js';
import { faultsOfSoak, reportSoak } from './report-soak.js';
import { type FaultRun, kindsFor, runFaults } from './run-faults.js';
import type { RedisForm } from './redis-servers.js';
import { soak } from './soak.js';

const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Faults of one lab: then all is judged, and a new one begins. */
const ROUND = 25;
/** Every fourth lab has a Redis with Sentinel. */
const SENTINEL_ROUND = 4;
const SOAK_MINUTES = 30;

const given = new Command('scripts/faults')
  .description(
    'Stores studies while everything around them goes wrong, then compares the archive with what was sent and with the ledger.',
  )
  .option('--seed <seed>', 'repeats the choices of a run', String(Date.now()))
  .option('--faults <number>', 'how many', '25')
  .option('--only <kind...>', 'only kinds whose name contains one of these')
  .addOption(new Option('--redis <form>', 'of every lab').choices(['single', 'sentinel']))
  .option('--long', '1,000 faults', false)
  .option('--keep', 'keep data and logs of labs that were judged well', false)
  .option('--minutes <number>', 'begins no further lab, or round of a soak, after so long')
  .option('--labs <number>', 'how many labs at a time', '1')
  .option('--soak', 'no faults: many queued studies, again and again for half an hour', false)
  .option('--studies <number>', 'how many are queued at a time in a soak', '1000')
  .parse()
  .opts<{
    seed: string;
    faults: string;
    only?: string[];
    redis?: RedisForm;
    long: boolean;
    keep: boolean;
    minutes?: string;
    labs: string;
    soak: boolean;
    studies: string;
  }>();

const wanted = given.long ? 1000 : Number(given.faults);
const until = Date.now() + Number(given.minutes ?? Infinity) * 60_000;
const runs: FaultRun[] = [];
let begun = 0;
let failed = false;
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort(name));

if (given.soak) process.exit(await takeSoak());

console.log(`seed ${given.seed} · ${wanted} faults`);
await Promise.all(Array.from({ length: Number(given.labs) }, takeRounds));
const all = total(runs);
console.log(`\n${reportFaults(all)}\n\n${all.restarts} processes ended by themselves and were started again`);
process.exit(failed ? 1 : 0);

/** One lab after the other, until there are enough faults; lanes beside it take rounds of the same count. */
async function takeRounds(): Promise<void> {
  while (begun * ROUND < wanted && Date.now() < until && !interrupted.signal.aborted) {
    begun += 1;
    await takeRound(begun, Math.min(ROUND, wanted - (begun - 1) * ROUND));
  }
}

async function takeRound(round: number, count: number): Promise<void> {
  const redis = given.redis ?? (round % SENTINEL_ROUND === 0 ? 'sentinel' : 'single');
  // The first lab has the seed itself, so that the line below repeats any of them.
  const seed = round === 1 ? given.seed : `${given.seed}-${round}`;
  const dir = mkdtempSync(join(tmpdir(), 'esp-faults-'));
  const say = (line: string) => console.log(Number(given.labs) > 1 ? `lab ${round} · ${line}` : line);
  console.log(
    `\nlab ${round} · ${kindsFor(redis, given.only).length} kinds · ${redis} Redis · logs in ${dir}`,
  );
  try {
    const run = await runFaults({
      root: PROJECT_ROOT,
      dir,
      seed,
      count,
      redis,
      ...(given.only && { only: given.only }),
      say,
      interrupted: interrupted.signal,
    });
    runs.push(run);
    const isRight = run.verdicts.length === 0 && run.leaks.length === 0;
    say(`judged: ${run.studies} studies, ${run.verdicts.length} wrong, ${run.leaks.length} leaks`);
    if (isRight && !given.keep) rmSync(dir, { recursive: true, force: true });
    if (!isRight) repeatWith(seed, count, redis);
    failed ||= !isRight;
  } catch (error) {
    failed = true;
    say((error as Error).message);
    repeatWith(seed, count, redis);
  }
}

/** @returns the exit status */
async function takeSoak(): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'esp-soak-'));
  const [studies, minutes] = [Number(given.studies), Number(given.minutes ?? SOAK_MINUTES)];
  console.log(`seed ${given.seed} · ${studies} studies at a time, ${minutes} minutes · logs in ${dir}`);
  const soaked = await soak({
    root: PROJECT_ROOT,
    dir,
    seed: given.seed,
    studies,
    minutes,
    say: console.log,
  });
  console.log(`\n${reportSoak(soaked)}`);
  const isRight = faultsOfSoak(soaked).length === 0;
  if (isRight && !given.keep) rmSync(dir, { recursive: true, force: true });
  return isRight ? 0 : 1;
}

function repeatWith(seed: string, count: number, redis: RedisForm): void {
  const only = given.only ? ` --only ${given.only.map((kind) => `'${kind}'`).join(' ')}` : '';
  console.log(`Repeat with: scripts/faults --seed ${seed} --faults ${count} --redis ${redis}${only}`);
}
