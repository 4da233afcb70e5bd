import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { asProblem, type Problem } from './api/index.js';
import { onEvent, stream, type Topic } from './live.js';

/** Something read from the gateway and kept fresh. Old data stay on the screen while newer are on the way. */
export interface Resource<T> {
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  reload(): void;
}

export interface Freshness {
  /** Read again when the gateway tells of one of these. */
  readonly topics?: readonly Topic[];
  /** Read again every so many seconds; without a stream of events twice as often as `whileStreaming`. */
  readonly seconds?: number;
}

/** Events come in bursts; one reading answers a burst. */
const GATHER_MS = 400;
/** How often pages read again while no events come in. */
const POLL_SECONDS = 4;

/**
 * Reads with `load` now, when `keys` change and as `freshness` says; pauses while the page is hidden. With other keys
 * the old data stay until the new ones are there, so that a list does not flicker and keeps the focus.
 * @param keys what the reading depends on, compared one by one
 */
export function useResource<T>(
  load: (signal: AbortSignal) => Promise<T>,
  keys: readonly unknown[],
  freshness: Freshness = {},
): Resource<T> {
  const [state, set] = useState<{ data?: T; problem?: Problem; loading: boolean }>({ loading: true });
  const latest = useRef(load);
  latest.current = load;
  const read = useRef<() => void>(() => undefined);
  const reload = useCallback(() => read.current(), []);
  const { topics = [], seconds } = freshness;

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let busy = false;
    let again = false;
    read.current = () => {
      // A reading that goes on is not cut off: with many events and a slow answer none would ever end.
      again = busy;
      if (busy) return;
      busy = true;
      set((old) => ({ ...old, loading: true }));
      latest
        .current(signal)
        .then(
          (data) => signal.aborted || set({ data, loading: false }),
          (error: unknown) =>
            signal.aborted || set((old) => ({ ...old, problem: asProblem(error), loading: false })),
        )
        .finally(() => {
          busy = false;
          if (again && !signal.aborted) read.current();
        });
    };
    read.current();
    return () => controller.abort();
  }, keys);

  const streaming = stream.value === 'streaming';
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        reload();
      }, GATHER_MS);
    };
    const stops = topics.map((topic) => onEvent(topic, soon));
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [topics.join()]);

  const every = topics.length > 0 && !streaming ? Math.min(POLL_SECONDS, seconds ?? POLL_SECONDS) : seconds;
  useEffect(() => {
    if (every === undefined) return undefined;
    const tick = () => document.visibilityState === 'visible' && reload();
    const timer = setInterval(tick, every * 1000);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [every]);

  return { data: state.data, problem: state.problem, loading: state.loading, reload };
}
