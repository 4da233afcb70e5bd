import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { AppError, Uid } from '../core/index.js';
import { type LoadedModel, residentBytes } from '../model/index.js';
import type { Store, WorkerRecord } from '../store/index.js';

const INTERVAL_MS = 5000;
const HOUR_MS = 3_600_000;
const RATE_MINUTES = 10;

/** Tells the others that this worker lives and what it does. */
export interface Heartbeat {
  readonly id: string;
  /**
   * Notes that a study is worked on.
   * @returns to be called when its run has ended: with the frames segmented, or without any when it failed
   */
  begin(study: Uid, correlationId: string): (frames?: number) => void;
  /** Tells why the worker takes no studies; `undefined` when it does again. */
  tell(problem: AppError | undefined): void;
  /** Stops and takes the worker off the list. */
  close(): Promise<void>;
}

/**
 * Writes what this worker is and does to Redis every five seconds.
 * @param model tells the model in use at any time: it can be changed while the worker runs
 * @param fellBack tells whether an engine has gone on with the CPU
 * @param engines whose memory counts as the worker's
 * @param now the clock, ms since 1970
 */
export async function startHeartbeat(dependencies: {
  store: Pick<Store, 'server' | 'workers'>;
  version: string;
  slots: number;
  model: () => LoadedModel;
  fellBack: () => boolean;
  engines: readonly { pid(): number | undefined }[];
  log: Logger;
  now?: () => number;
}): Promise<Heartbeat> {
  const { log, now = Date.now } = dependencies;
  const { server, workers } = dependencies.store;
  const id = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;
  const startedAt = now();
  let problem: WorkerRecord['problem'] = null;
  const current = new Map<symbol, WorkerRecord['current'][number]>();
  let done: { readonly at: number; readonly frames: number }[] = [];

  function describe(): WorkerRecord {
    const { version, sha256, provider, precision } = dependencies.model();
    const time = now();
    done = done.filter(({ at }) => at > time - HOUR_MS);
    const bytes = dependencies.engines.reduce((sum, engine) => sum + residentBytes(engine.pid()), 0);
    return {
      id,
      host: hostname(),
      pid: process.pid,
      version: dependencies.version,
      startedAt: new Date(startedAt).toISOString(),
      seenAt: new Date(time).toISOString(),
      provider,
      precision,
      fellBack: dependencies.fellBack(),
      model: { version, sha256 },
      slots: dependencies.slots,
      current: [...current.values()],
      done1h: done.length,
      framesPerMinute: framesPerMinute(done, startedAt, time),
      memoryMegabytes: Math.round((process.memoryUsage.rss() + bytes) / 1024 / 1024),
      problem,
    };
  }

  async function beat(): Promise<void> {
    // While Redis is away beats are left out: queued up they would tell of the past.
    if (!server.isReady()) return;
    try {
      await workers.note(describe());
    } catch (error) {
      log.warn({ kind: error instanceof Error ? error.name : typeof error }, 'heartbeat not written');
    }
  }

  await beat();
  const timer = setInterval(() => void beat(), INTERVAL_MS);

  return {
    id,
    begin(study, correlationId) {
      const run = Symbol(correlationId);
      current.set(run, { studyInstanceUid: study, correlationId, since: new Date(now()).toISOString() });
      void beat();
      return (frames) => {
        current.delete(run);
        if (frames !== undefined) done.push({ at: now(), frames });
        void beat();
      };
    },
    tell(error) {
      problem = error ? { code: error.code, message: error.message, advice: error.advice } : null;
      void beat();
    },
    async close() {
      clearInterval(timer);
      if (server.isReady()) await workers.forget(id);
    },
  };
}

/** Over the last ten minutes, or since the start when that is more recent, but no less than one minute. */
function framesPerMinute(
  done: readonly { readonly at: number; readonly frames: number }[],
  startedAt: number,
  time: number,
): number {
  const minutes = Math.min(RATE_MINUTES, Math.max(1, (time - startedAt) / 60_000));
  const since = time - minutes * 60_000;
  const frames = done.filter(({ at }) => at >= since).reduce((sum, run) => sum + run.frames, 0);
  return Math.round((frames / minutes) * 10) / 10;
}
