import { AppError, ERRORS, type ErrorCode, problemOf, within } from '../../core/index.js';
import { asQueueError, type DriftFinding, type KnownWorker } from '../../store/index.js';

/** How a part stands. `unknown`: what it would be asked by is away. */
export type HealthStatus = 'ok' | 'warn' | 'down' | 'unknown';

/** Bytes of a disk. */
export interface DiskSpace {
  readonly total: number;
  readonly free: number;
}

/** A part of the chain, in words for the person who looks at it at night. */
export interface HealthPart {
  readonly id:
    'gateway' | 'redis' | 'archive' | 'workers' | 'queue' | 'arrivals' | 'disk' | 'model' | 'drift';
  readonly status: HealthStatus;
  readonly found: string;
  /** What to do first; empty where nothing is to be done. */
  readonly advice: string;
}

/** What the parts are asked by; each may throw. */
export interface HealthProbes {
  redis(): Promise<unknown>;
  archive(): Promise<unknown>;
  workers(): Promise<readonly KnownWorker[]>;
  /** Age in ms of the oldest study that waits. */
  oldestWaiting(): Promise<number | undefined>;
  isPaused(): Promise<boolean>;
  disk(): Promise<DiskSpace>;
  /** Whether the alert is raised that studies no longer come. */
  isFeedSilent(): Promise<boolean>;
  /** Devices whose results are no longer what they were. */
  drift(): Promise<readonly DriftFinding[]>;
  /** Why the configured model cannot be used, and what workers say of the active one. */
  modelProblems(): Promise<readonly { readonly message: string }[]>;
}

/** So long may a part take to answer: the page waits for the slowest. */
const PROBE_TIMEOUT_MS = 1500;
/** Older than this, a study that waits is a reason to look. */
const OLD_MS = 10 * 60_000;
/** A worker that has had one study for longer hangs, or the study is very large. */
const LONG_RUN_MS = 30 * 60_000;
const MEGABYTE = 1024 * 1024;
const LOW_DISK = 1024 * MEGABYTE;
const FULL_DISK = 200 * MEGABYTE;

/** Asks every part at once. Never throws. @param now ms since 1970 */
export async function readHealth(probes: HealthProbes, now = Date.now()): Promise<HealthPart[]> {
  const [redis, archive, disk] = await Promise.all([
    reach('redis', 'Redis', probes.redis),
    reach('archive', 'The archive', probes.archive),
    judge('disk', async () => diskPart(await probes.disk())),
  ]);
  const needsRedis = (id: HealthPart['id'], ask: () => Promise<HealthPart>) =>
    redis.status === 'ok' ? judge(id, ask) : part(id, 'unknown', 'Redis is asked for this, and it is away');
  const rest = await Promise.all([
    needsRedis('workers', async () => workersPart(await probes.workers(), now)),
    needsRedis('queue', async () => queuePart(await probes.oldestWaiting(), await probes.isPaused())),
    needsRedis('arrivals', async () => arrivalsPart(await probes.isFeedSilent())),
    needsRedis('model', async () => modelPart(await probes.modelProblems())),
    needsRedis('drift', async () => driftPart(await probes.drift())),
  ]);
  return [part('gateway', 'ok', 'The gateway answers'), redis, archive, ...rest, disk];
}

const part = (id: HealthPart['id'], status: HealthStatus, found: string, advice = ''): HealthPart => ({
  id,
  status,
  found,
  advice,
});

async function reach(id: HealthPart['id'], name: string, ask: () => Promise<unknown>): Promise<HealthPart> {
  try {
    await within(PROBE_TIMEOUT_MS, ask());
    return part(id, 'ok', `${name} answers`);
  } catch (thrown) {
    const known = asQueueError(thrown);
    const fallback: ErrorCode = id === 'redis' ? 'QUEUE_UNAVAILABLE' : 'ARCHIVE_UNREACHABLE';
    const code = known instanceof AppError && known.code !== 'INTERNAL' ? known.code : fallback;
    const { detail } = code === fallback ? { detail: `${name} does not answer` } : problemOf(known);
    return part(id, 'down', detail, ERRORS[code].advice);
  }
}

async function judge(id: HealthPart['id'], ask: () => Promise<HealthPart>): Promise<HealthPart> {
  try {
    return await within(PROBE_TIMEOUT_MS, ask());
  } catch {
    return part(id, 'unknown', 'This could not be found out');
  }
}

function workersPart(known: readonly KnownWorker[], now: number): HealthPart {
  const alive = known.filter((worker) => worker.alive);
  if (alive.length === 0) {
    return part(
      'workers',
      'down',
      'No worker is alive: studies wait in the queue',
      'Start one: esp-medsam worker; docker compose up -d worker. Its log says why it ended.',
    );
  }
  const hung = alive.filter(({ current }) =>
    current.some(({ since }) => now - Date.parse(since) > LONG_RUN_MS),
  );
  if (hung.length > 0) {
    return part(
      'workers',
      'warn',
      `${hung.length === 1 ? 'A worker has' : `${hung.length} workers have`} had the same study for more than 30 min`,
      'Look at the study on the Live page. Restart the worker when it does not go on: the study is then taken over by another.',
    );
  }
  return part('workers', 'ok', `${alive.length} alive`);
}

function queuePart(oldest: number | undefined, isPaused: boolean): HealthPart {
  if (isPaused) {
    return part('queue', 'warn', 'The queue is paused', 'Resume it on the Live page when workers may go on.');
  }
  if (oldest !== undefined && oldest > OLD_MS) {
    return part(
      'queue',
      'warn',
      `The oldest study has waited ${Math.round(oldest / 60_000)} min`,
      'Look at the workers on the Live page. More of them work it off faster.',
    );
  }
  return part('queue', 'ok', oldest === undefined ? 'Nothing waits' : 'Studies wait less than 10 min');
}

function arrivalsPart(isSilent: boolean): HealthPart {
  if (!isSilent)
    return part('arrivals', 'ok', 'Studies arrive as usual, or it is not yet known what is usual');
  return part(
    'arrivals',
    'warn',
    'No study has arrived for an hour in which some usually do',
    'Check that the devices send and that the archive tells of new studies: the doctor tests the way.',
  );
}

function modelPart(problems: readonly { readonly message: string }[]): HealthPart {
  const [first] = problems;
  if (!first) return part('model', 'ok', 'Every worker can use the active model');
  return part(
    'model',
    'down',
    `The model cannot be used${problems.length > 1 ? ` (${problems.length} reports)` : ''}: ${first.message}`,
    'Roll back on the Models page, or restore models/ from the release; the doctor says which file is wrong.',
  );
}

function driftPart(found: readonly DriftFinding[]): HealthPart {
  const devices = new Set(found.map(({ device }) => JSON.stringify(device))).size;
  if (devices === 0) return part('drift', 'ok', 'No device is known to give other results than before');
  return part(
    'drift',
    'warn',
    `${devices === 1 ? 'The results of a device differ' : `The results of ${devices} devices differ`} from those of ${devices === 1 ? 'its' : 'their'} own earlier weeks`,
    'Look at the Drift page: it names the device and what has changed. Ask there what was changed at the device first.',
  );
}

function diskPart({ free, total }: DiskSpace): HealthPart {
  const found = `${Math.round(free / MEGABYTE)} MB of ${Math.round(total / MEGABYTE)} MB free for temporary files`;
  const advice = 'Free space on this disk, or move TMPDIR to a larger one.';
  if (free < FULL_DISK) return part('disk', 'down', found, advice);
  if (free < LOW_DISK && free < total / 2) return part('disk', 'warn', found, advice);
  return part('disk', 'ok', found);
}
