import type { Worker } from 'bullmq';
import type { Logger } from 'pino';
import { type AppError, toAppError } from '../core/index.js';
import type { EngineClient } from '../model/index.js';
import type { Heartbeat } from './heartbeat.js';

const AGAIN_AFTER_MS = 5000;

/** Lets a worker rest whose model can no longer be loaded, so that its studies go to others, or wait. */
export interface Rest {
  /** Stops taking studies until the engine can load its model again; says so at each end. */
  begin(engine: Pick<EngineClient, 'load'>, error: AppError): Promise<void>;
}

export function openRest(dependencies: {
  worker: Pick<Worker, 'pause' | 'resume'> & { readonly closing: unknown };
  heartbeat: Pick<Heartbeat, 'tell'> | undefined;
  log: Pick<Logger, 'error' | 'info'>;
  againAfterMs?: number;
}): Rest {
  const { worker, heartbeat, log, againAfterMs = AGAIN_AFTER_MS } = dependencies;
  const broken = new Set<Pick<EngineClient, 'load'>>();

  async function waitFor(engine: Pick<EngineClient, 'load'>): Promise<void> {
    for (;;) {
      await new Promise<void>((resolve) => void setTimeout(resolve, againAfterMs).unref());
      if (worker.closing) return;
      const problem = await engine.load().then(
        () => undefined,
        (thrown: unknown) => toAppError(thrown),
      );
      if (problem === undefined) break;
      heartbeat?.tell(problem);
    }
    broken.delete(engine);
    if (broken.size > 0) return;
    heartbeat?.tell(undefined);
    await worker.resume();
    log.info('the model can be loaded again: the worker takes studies');
  }

  return {
    async begin(engine, error) {
      if (broken.has(engine)) return;
      broken.add(engine);
      const { code, message, advice } = error;
      log.error({ code, detail: message, advice }, 'the worker takes no studies: its model cannot be loaded');
      heartbeat?.tell(error);
      await worker.pause(true);
      void waitFor(engine);
    },
  };
}
