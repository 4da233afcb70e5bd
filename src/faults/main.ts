import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { fetch } from 'undici';
import { randomFrom } from '../phantom/index.js';
import { judge, type Verdict } from './judge.js';
import { FAULT_KINDS, type FaultKind } from './kinds.js';
import { startLab } from './lab.js';
import { openTraffic } from './traffic.js';

const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RECOVERY_MS = 120_000;
const SETTLING_MS = 600_000;

const given = new Command('scripts/faults')
  .description(
    'Stores studies while everything around them goes wrong, then compares the archive with what was sent and with the ledger.',
  )
  .option('--seed <seed>', 'repeats the choices of a run', String(Date.now()))
  .option('--faults <number>', 'how many', '21')
  .option('--only <kind>', 'only kinds whose name contains this')
  .option('--long', '1,000 faults', false)
  .parse()
  .opts<{ seed: string; faults: string; only?: string; long: boolean }>();

const seed = given.seed;
const count = given.long ? 1000 : Number(given.faults);
const random = randomFrom('faults', seed);
const kinds = FAULT_KINDS.filter(({ name }) => name.includes(given.only ?? ''));
const dir = mkdtempSync(join(tmpdir(), 'esp-faults-'));
const seconds = new Map<string, number[]>();
const steps = new Map<string, number>();
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const add = (name: string) => steps.set(name, (steps.get(name) ?? 0) + 1);

console.log(`seed ${seed} · ${count} faults · ${kinds.length} kinds · logs in ${dir}`);
const lab = await startLab(PROJECT_ROOT, dir);
const traffic = openTraffic(lab, random, seed);
let verdicts: Verdict[];
try {
  const handles = openHandles();
  add(await traffic.send());
  for (let at = 0; at < count; at += 1) await fault(kinds[(at + random.whole(0, 3)) % kinds.length]!);
  verdicts = await settled();
  report(verdicts, handles);
} finally {
  await lab.close();
}
if (verdicts.length > 0) console.error(`\nRepeat with: scripts/faults --seed ${seed} --faults ${count}`);
process.exit(verdicts.length > 0 ? 1 : 0);

/** One fault with what happens to studies before, during and after; measures until both gateways are ready again. */
async function fault(kind: FaultKind): Promise<void> {
  add(await traffic.step());
  await pause(random.whole(0, 1500));
  await kind.begin(lab, random);
  // Senders try until it is taken, so that they go on beside the fault.
  const during = traffic.step();
  await pause(1000 * random.between(...kind.lasts));
  await kind.end(lab);
  const repaired = Date.now();
  while (!(await lab.ready())) {
    if (Date.now() > repaired + RECOVERY_MS)
      throw new Error(`not ready again after: ${kind.name}. Seed ${seed}`);
    await pause(100);
  }
  const took = (Date.now() - repaired) / 1000;
  seconds.set(kind.name, [...(seconds.get(kind.name) ?? []), took]);
  add(await during);
  console.log(`${kind.name.padEnd(26)} ready again after ${took.toFixed(1)} s`);
}

/** Judges once nothing waits or runs; what is still wrong then, after some more looks, is the verdict. */
async function settled(): Promise<Verdict[]> {
  const deadline = Date.now() + SETTLING_MS;
  for (;;) {
    await pause(3000);
    const busy = await work();
    const all = (await Promise.all(traffic.studies.map((sent) => judge(lab, sent)))).flat();
    if (busy === 0 && all.length === 0) return [];
    if (Date.now() > deadline) {
      return busy === 0
        ? all
        : [...all, { study: '', kind: 'untrue', why: `${busy} jobs are left in the queue` }];
    }
  }
}

/** Jobs that wait, run, or wait for their next try. */
async function work(): Promise<number> {
  const response = await fetch(`${lab.gateways[0]!.base}/admin/v1/queue`);
  const { counts } = (await response.json()) as { counts: Record<string, number> };
  return (counts.waiting ?? 0) + (counts.active ?? 0) + (counts.delayed ?? 0);
}

/** File descriptors of the processes of ours, as Linux counts them. */
function openHandles(): number {
  return [...lab.gateways, ...lab.workers].reduce((sum, one) => sum + handlesOf(one.pid()), 0);
}

function handlesOf(pid: number | undefined): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

function report(all: readonly Verdict[], handlesBefore: number): void {
  console.log('\n| fault | times | ready again, mean s | longest s |\n|---|---|---|---|');
  for (const [name, times] of [...seconds].sort()) {
    const mean = times.reduce((sum, one) => sum + one, 0) / times.length;
    console.log(`| ${name} | ${times.length} | ${mean.toFixed(1)} | ${Math.max(...times).toFixed(1)} |`);
  }
  console.log('\n| what happened to studies | times |\n|---|---|');
  for (const [name, times] of [...steps].sort()) console.log(`| ${name} | ${times} |`);
  const of = (kind: Verdict['kind']) => all.filter((one) => one.kind === kind).length;
  const { length } = traffic.studies;
  const deleted = traffic.studies.filter(({ isDeleted }) => isDeleted).length;
  console.log(`\n| studies | deleted | lost | duplicate | untrue |\n|---|---|---|---|---|`);
  console.log(`| ${length} | ${deleted} | ${of('lost')} | ${of('duplicate')} | ${of('untrue')} |`);
  console.log(`\nopen handles of our processes: ${handlesBefore} at first, ${openHandles()} in the end`);
  for (const { study, kind, why } of all) console.log(`${kind}: ${why} (${study})`);
}
