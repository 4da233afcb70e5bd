import { fetch } from 'undici';
import { type Random, randomFrom } from '../phantom/index.js';
import { judge, type Verdict } from './judge.js';
import { FAULT_KINDS, type FaultKind } from './kinds.js';
import { type Lab, startLab } from './lab.js';
import { handlesOf, parentOf } from './processes.js';
import type { RedisForm } from './redis-servers.js';
import { openTraffic, type SentStudy, type Traffic } from './traffic.js';

/** One fault as it went. */
export interface FaultTaken {
  readonly kind: string;
  /** From its end until both gateways were ready again. */
  readonly readySeconds: number;
  /** From its end until every study that is there was done; undefined where the next fault came before. */
  readonly settledSeconds?: number;
}

/** A run of faults and what it came to. */
export interface FaultRun {
  readonly faults: readonly FaultTaken[];
  /** What happened to studies, by name. */
  readonly steps: ReadonlyMap<string, number>;
  readonly studies: number;
  readonly deleted: number;
  readonly verdicts: readonly Verdict[];
  /** Jobs that no study explains, engines without a worker, handles that were not given back. Empty: none. */
  readonly leaks: readonly string[];
  /** Most open handles of a process of ours at first, and in the end. */
  readonly handles: { readonly first: number; readonly last: number };
  /** Processes that ended by themselves and were started again. */
  readonly restarts: number;
}

export interface FaultRunOptions {
  /** Of this project, built. */
  readonly root: string;
  /** A new folder for data and logs. */
  readonly dir: string;
  readonly seed: string;
  /** How many faults. */
  readonly count: number;
  /** Only kinds whose name contains one of these. */
  readonly only?: readonly string[];
  readonly redis?: RedisForm;
  /** Ends the run, and every process of its lab. */
  readonly interrupted?: AbortSignal;
  /** Told each fault as it is over. */
  readonly say?: (line: string) => void;
}

// What a machine with a load of 30 needs; a quiet one takes seconds.
const RECOVERY_MS = 300_000;
const SETTLING_MS = 600_000;
/** Longer than a reconcile pass and every retry of these settings. */
const UNCHANGED_MS = 90_000;
/** Connections that a process may have open at one time and not at another. */
const HANDLES_SPREAD = 60;
/** How often the next fault waits until the last one's work is done. */
const SETTLED_SHARE = 0.25;

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Kinds that a lab with this Redis can have. */
export function kindsFor(redis: RedisForm, only: readonly string[] = ['']): FaultKind[] {
  return FAULT_KINDS.filter(
    (kind) => (kind.redis ?? redis) === redis && only.some((part) => kind.name.includes(part)),
  );
}

/**
 * Stores studies while one thing after the other goes wrong, waits until nothing is left to do, and judges.
 * @throws Error naming fault and seed when the system does not come back after one
 */
export async function runFaults(options: FaultRunOptions): Promise<FaultRun> {
  const { seed, redis = 'single', interrupted } = options;
  const lab = await startLab(options.root, options.dir, { redis });
  const ended = new Promise<never>((_, reject) => {
    interrupted?.addEventListener('abort', () => reject(new Error('interrupted')), { once: true });
  });
  try {
    const run = runIn(lab, options);
    run.catch(() => undefined);
    return await Promise.race([run, ended]);
  } catch (error) {
    throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
  } finally {
    await lab.close();
  }
}

async function runIn(lab: Lab, options: FaultRunOptions): Promise<FaultRun> {
  const { seed, count, redis = 'single', say = () => undefined } = options;
  const random = randomFrom('faults', seed);
  const traffic = openTraffic(lab, random, seed);
  const run = openRun(lab, traffic, random);
  const first = mostHandles(lab);
  await run.step(traffic.send('dermoscopy'));
  for (const kind of order(kindsFor(redis, options.only), count, random)) {
    const taken = await run.fault(kind);
    const settled = taken.settledSeconds === undefined ? '' : `, done ${taken.settledSeconds.toFixed(1)} s`;
    say(`${kind.name.padEnd(48)} ready ${taken.readySeconds.toFixed(1)} s${settled}`);
  }
  const verdicts = await settle(lab, traffic, run.supervise, say);
  const last = mostHandles(lab);
  return {
    faults: run.faults,
    steps: run.steps,
    studies: traffic.studies.length,
    deleted: traffic.studies.filter(({ isDeleted }) => isDeleted).length,
    verdicts,
    leaks: [
      ...(await orphanEngines(lab, run.engines)),
      ...(last > first + HANDLES_SPREAD ? [`${last} open handles of a process, ${first} at first`] : []),
    ],
    handles: { first, last },
    restarts: run.restarts(),
  };
}

/** Every kind about as often, in an order of the seed. */
function order(kinds: readonly FaultKind[], count: number, random: Random): FaultKind[] {
  const chosen: FaultKind[] = [];
  let left: FaultKind[] = [];
  while (chosen.length < count) {
    if (left.length === 0) left = [...kinds];
    chosen.push(...left.splice(random.whole(0, left.length - 1), 1));
  }
  return chosen;
}

function openRun(lab: Lab, traffic: Traffic, random: Random) {
  const faults: FaultTaken[] = [];
  const steps = new Map<string, number>();
  const engines = new Set<number>();
  let restarts = 0;

  async function step(happening: Promise<string>): Promise<void> {
    const name = await happening;
    steps.set(name, (steps.get(name) ?? 0) + 1);
  }
  async function supervise(): Promise<void> {
    restarts += (await lab.restartEnded()).length;
  }
  const noteEngines = () => {
    for (const worker of lab.workers) for (const pid of lab.enginesOf(worker)) engines.add(pid);
  };
  /** @returns seconds until it was so */
  async function until(isSo: () => Promise<boolean>, since: number, what: string): Promise<number> {
    while (!(await isSo())) {
      if (Date.now() > since + RECOVERY_MS) throw new Error(what);
      await supervise();
      await pause(100);
    }
    return (Date.now() - since) / 1000;
  }

  return {
    faults,
    steps,
    engines,
    restarts: () => restarts,
    step,
    supervise,
    /** One fault with what happens to studies before, during and after; measures until both gateways are ready again. */
    async fault(kind: FaultKind): Promise<FaultTaken> {
      // All choices first, in the order of the seed, whatever takes how long.
      const [before, lasts] = [random.whole(0, 1000), 1000 * random.between(...kind.lasts)];
      const waits = random.next() < SETTLED_SHARE;
      await step(traffic.step());
      await pause(before);
      noteEngines();
      // Senders try until it is taken, so that they go on beside the fault.
      let during = Promise.resolve();
      await kind.begin(lab, random, () => void (during = step(traffic.send('ultrasound-cine'))));
      // One after the other: a study is not deleted while it is still on its way.
      during = during.then(() => step(traffic.step()));
      // When the run ends early nobody waits for it.
      during.catch(() => undefined);
      await pause(lasts);
      await kind.end(lab);
      const over = Date.now();
      const readySeconds = await until(lab.ready, over, `not ready again after: ${kind.name}`);
      await during;
      const idle = async () => (await openStudies(lab, traffic)) === 0;
      const taken: FaultTaken = {
        kind: kind.name,
        readySeconds,
        ...(waits && { settledSeconds: await until(idle, over, `work is left after: ${kind.name}`) }),
      };
      faults.push(taken);
      return taken;
    },
  };
}

/** Judges once nothing waits or runs; what stays wrong for a while, with nothing under way, is the verdict. */
export async function settle(
  lab: Lab,
  traffic: Pick<Traffic, 'studies'>,
  supervise: () => Promise<void>,
  say: (line: string) => void,
): Promise<Verdict[]> {
  const deadline = Date.now() + SETTLING_MS;
  let last = { text: '', since: Date.now() };
  for (;;) {
    await pause(2000);
    await supervise();
    const busy = await openJobs(lab);
    const verdicts: Verdict[] = [];
    if (busy > 0) {
      verdicts.push({ study: '', kind: 'untrue', why: `${busy} jobs are left in the queue` });
    } else {
      for (const sent of traffic.studies) verdicts.push(...(await judge(lab, sent).catch(notJudged(sent))));
      // Nothing may have begun meanwhile.
      if (verdicts.length === 0 && (await openJobs(lab)) === 0) return [];
    }
    const text = JSON.stringify(verdicts);
    if (text !== last.text) {
      last = { text, since: Date.now() };
      for (const { study, why } of verdicts) say(`not yet: ${why} ${study}`);
    }
    const stays = busy === 0 && Date.now() > last.since + UNCHANGED_MS;
    if (stays || Date.now() > deadline) return verdicts;
  }
}

/** A gateway may say for a moment that it cannot tell, as it changes to another Redis: only what lasts is a verdict. */
const notJudged =
  ({ study, kind }: SentStudy) =>
  (error: unknown): Verdict[] => [
    { study, kind: 'untrue', why: `${kind}: it cannot be judged: ${(error as Error).message}` },
  ];

/** Jobs that wait, run, or wait for their next try; one when the gateway cannot tell. */
export async function openJobs(lab: Lab): Promise<number> {
  try {
    const response = await fetch(`${lab.gateways[0]!.base}/admin/v1/queue`, {
      signal: AbortSignal.timeout(20_000),
    });
    const { counts } = (await response.json()) as { counts: Record<string, number> };
    return (counts.waiting ?? 0) + (counts.active ?? 0) + (counts.delayed ?? 0);
  } catch {
    return 1;
  }
}

/** Studies that are there and not done. A hook's study that the archive never had may wait for its next try meanwhile. */
async function openStudies(lab: Lab, { studies }: Traffic): Promise<number> {
  const { client } = lab.gateways[0]!;
  let open = 0;
  for (const { study, isDeleted } of studies) {
    if (isDeleted) continue;
    const state = await client.study(study).then(
      (record) => record?.state,
      () => undefined,
    );
    if (state !== 'done') open += 1;
  }
  return open;
}

const mostHandles = (lab: Lab) =>
  Math.max(...[...lab.gateways, ...lab.workers].map((one) => handlesOf(one.pid())));

/** Engines that have lost their worker and live on. */
async function orphanEngines(lab: Lab, seen: ReadonlySet<number>): Promise<string[]> {
  const owners = new Set(lab.workers.map((worker) => worker.pid()));
  const orphans = () =>
    [...seen].filter((pid) => {
      const parent = parentOf(pid);
      return parent !== undefined && !owners.has(parent);
    });
  // An engine ends when it notices that nobody listens.
  for (let look = 0; look < 60 && orphans().length > 0; look += 1) await pause(500);
  return orphans().map((pid) => `engine ${pid} has no worker`);
}
