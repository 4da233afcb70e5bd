import { AppError } from '../../core/index.js';
import type { EngineClient } from '../../model/index.js';

/** An engine beside those of the slots: opened when it is needed, closed when it was not needed for a while. */
export interface SpareEngine {
  /**
   * Runs a task with the engine of a manifest; one task at a time, further ones wait.
   * @throws AppError `ENGINE_CRASHED` when it is closed meanwhile
   */
  with<T>(manifestPath: string, task: (engine: EngineClient) => Promise<T>): Promise<T>;
  /** Ends a task under way. */
  close(): Promise<void>;
}

/** @param open opens the engine of a manifest; nothing is started yet */
export function openSpareEngine(open: (manifestPath: string) => EngineClient, idleMs: number): SpareEngine {
  let current: { readonly manifestPath: string; readonly engine: EngineClient } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let line: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function closeCurrent(): Promise<void> {
    clearTimeout(timer);
    const closing = current;
    current = undefined;
    await closing?.engine.close();
  }

  /** A closed engine would start again with its next request; this one does not. */
  function cancellable(engine: EngineClient): EngineClient {
    const alive = async () => {
      if (closed) throw new AppError('ENGINE_CRASHED', 'The worker is stopping');
    };
    return {
      ...engine,
      load: () => alive().then(engine.load),
      decode: (frame) => alive().then(() => engine.decode(frame)),
      detect: (picture) => alive().then(() => engine.detect(picture)),
      segment: (picture, channel) => alive().then(() => engine.segment(picture, channel)),
    };
  }

  return {
    with(manifestPath, task) {
      const run = async () => {
        clearTimeout(timer);
        if (current?.manifestPath !== manifestPath) await closeCurrent();
        current ??= { manifestPath, engine: cancellable(open(manifestPath)) };
        try {
          return await task(current.engine);
        } finally {
          timer = setTimeout(() => void closeCurrent(), idleMs);
          timer.unref();
        }
      };
      const result = line.then(run, run);
      line = result.catch(() => undefined);
      return result;
    },
    async close() {
      closed = true;
      await current?.engine.close();
      await line;
      await closeCurrent();
    },
  };
}
