import { fetch } from 'undici';
import { residentBytes } from '../model/index.js';
import { randomFrom } from '../phantom/index.js';
import { eventLoopDelay } from './event-loop-delay.js';
import type { Verdict } from './judge.js';
import { type Lab, startLab } from './lab.js';
import { openJobs, pause, settle } from './run-faults.js';
import { openTraffic, type SentStudy } from './traffic.js';

/** What a process held and how long its event loop was kept, over a soak. */
export interface SoakedProcess {
  readonly name: string;
  /** Resident megabytes: mean of the second fifth of the soak, and of the last. */
  readonly settled: number;
  readonly last: number;
  /** Milliseconds by which the event loop was late at the 99th percentile, of every look: median and longest. */
  readonly loopMedian: number;
  readonly loopLongest: number;
}

/** What came of a soak. */
export interface Soak {
  readonly studies: number;
  readonly minutes: number;
  readonly perMinute: number;
  readonly verdicts: readonly Verdict[];
  /** Urgent studies that began after one that was not. */
  readonly overtaken: number;
  readonly processes: readonly SoakedProcess[];
}

interface Sample {
  readonly megabytes: number;
  readonly loopMs: number;
}

const LOOK_MS = 10_000;
/** One in so many is urgent. */
const URGENT_SHARE = 50;
/** Two workers of two slots: so many may begin before the first urgent study is seen. */
const SLOTS = 4;
/** What a busy archive of this size is asked for as by default, not as in a run of faults. */
const SETTINGS = { ESP_INTAKE_RECONCILE_INTERVAL_SECONDS: '30', ESP_WORKER_LOCK_SECONDS: '30' };

/**
 * Queues many studies while the queue is paused, lets the workers have them all, and begins anew until the time is over; then
 * judges every one.
 * @param options.studies how many wait at a time
 * @param options.minutes how long at least
 */
export async function soak(options: {
  readonly root: string;
  readonly dir: string;
  readonly seed: string;
  readonly studies: number;
  readonly minutes: number;
  readonly say: (line: string) => void;
}): Promise<Soak> {
  const { root, dir, seed, studies, minutes, say } = options;
  const lab = await startLab(root, dir, { settings: SETTINGS, metrics: true });
  const looks = watch(lab);
  await looks.look();
  try {
    const began = Date.now();
    const traffic = openTraffic(lab, randomFrom('soak', seed), seed);
    let overtaken = 0;
    let workMs = 0;
    while (traffic.studies.length === 0 || Date.now() < began + minutes * 60_000) {
      const first = traffic.studies.length;
      await ask(lab, '/queue/pause');
      for (let sent = 0; sent < studies; sent += 1) await traffic.send();
      const round = traffic.studies.slice(first);
      await untilQueued(lab, round);
      const urgent = new Set(round.filter((_, at) => at % URGENT_SHARE === 0));
      for (const { study } of urgent) await ask(lab, `/studies/${study}/reprocess`, { priority: 'urgent' });
      const resumed = Date.now();
      await ask(lab, '/queue/resume');
      while ((await openJobs(lab)) > 0) await pause(500);
      workMs += Date.now() - resumed;
      const late = await overtakenIn(lab, round, urgent);
      overtaken += late;
      say(
        `${traffic.studies.length} studies, ${Math.round((Date.now() - began) / 60_000)} min, ${late} overtaken`,
      );
    }
    await looks.look();
    const verdicts = await settle(lab, traffic, async () => undefined, say);
    return {
      studies: traffic.studies.length,
      minutes: (Date.now() - began) / 60_000,
      perMinute: traffic.studies.length / (workMs / 60_000),
      verdicts,
      overtaken,
      processes: looks.stop(),
    };
  } finally {
    looks.stop();
    await lab.close();
  }
}

/** Looks at gateways, workers and engines every ten seconds. */
function watch(lab: Lab): { look(): Promise<void>; stop(): SoakedProcess[] } {
  const samples = new Map<string, Sample[]>();
  const note = (name: string, sample: Sample) => samples.set(name, [...(samples.get(name) ?? []), sample]);
  const look = async () => {
    for (const part of [...lab.gateways, ...lab.workers]) {
      const loopMs = await eventLoopDelay(part.metricsUrl).catch(() => undefined);
      const pid = part.pid();
      // A process that answers too late is seen at the next look.
      if (loopMs === undefined || pid === undefined) continue;
      note(part.name, { megabytes: residentBytes(pid) / 1024 ** 2, loopMs });
    }
    for (const worker of lab.workers) {
      const held = lab.enginesOf(worker).map(residentBytes);
      note(`engine of ${worker.name}`, { megabytes: Math.max(0, ...held) / 1024 ** 2, loopMs: 0 });
    }
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  return {
    look,
    stop() {
      clearInterval(timer);
      return [...samples].map(([name, seen]) => summary(name, seen));
    },
  };
}

function summary(name: string, seen: readonly Sample[]): SoakedProcess {
  const fifth = Math.max(1, Math.floor(seen.length / 5));
  const mean = (part: readonly Sample[]) =>
    part.reduce((sum, { megabytes }) => sum + megabytes, 0) / Math.max(1, part.length);
  const delays = seen.map(({ loopMs }) => loopMs).sort((one, other) => one - other);
  return {
    name,
    settled: mean(seen.slice(fifth, 2 * fifth)),
    last: mean(seen.slice(-fifth)),
    loopMedian: delays[Math.floor(delays.length / 2)] ?? 0,
    loopLongest: delays.at(-1) ?? 0,
  };
}

/** Waits until every study waits: signals have a quiet period. */
async function untilQueued(lab: Lab, round: readonly SentStudy[]): Promise<void> {
  for (const { study } of round) {
    while ((await lab.gateways[0]!.client.study(study))?.state !== 'queued') await pause(200);
  }
}

/** Urgent studies that began later than they had to: behind others than those that the slots took up at once. */
async function overtakenIn(
  lab: Lab,
  round: readonly SentStudy[],
  urgent: ReadonlySet<SentStudy>,
): Promise<number> {
  const began: { at: string; isUrgent: boolean }[] = [];
  for (const sent of round) {
    const record = await lab.gateways[0]!.client.study(sent.study);
    const at = record?.events.find(({ event }) => event === 'started')?.at;
    if (at !== undefined) began.push({ at, isUrgent: urgent.has(sent) });
  }
  began.sort((one, other) => (one.at < other.at ? -1 : 1));
  return began.slice(urgent.size + SLOTS).filter(({ isUrgent }) => isUrgent).length;
}

async function ask(lab: Lab, path: string, body?: unknown): Promise<void> {
  const response = await fetch(`${lab.gateways[0]!.base}/admin/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${text}`);
}
