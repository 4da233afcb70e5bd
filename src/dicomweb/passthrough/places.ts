import { AppError } from '../../core/index.js';

/** A number of places; who has one gives it back. */
export interface Places {
  /**
   * Takes a place, waiting for one at most as long as the caller of `openPlaces` said.
   * @returns gives it back; further calls do nothing
   * @throws AppError `GATEWAY_BUSY` when none becomes free
   */
  take(): Promise<() => void>;
}

/**
 * @param limits.places how many may be taken at a time
 * @param limits.waiting how many may wait for one; more are refused at once
 * @param limits.waitMs how long each may wait
 * @param what for the message: what there are too many of
 */
export function openPlaces(
  limits: { places: number; waiting: number; waitMs: number },
  what: string,
): Places {
  let taken = 0;
  const waiting: (() => void)[] = [];

  function place(): () => void {
    taken += 1;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      taken -= 1;
      waiting.shift()?.();
    };
  }

  const busy = () => new AppError('GATEWAY_BUSY', `There are too many ${what} at a time`);

  return {
    async take() {
      if (taken < limits.places) return place();
      if (waiting.length >= limits.waiting) throw busy();
      return new Promise((resolve, reject) => {
        const turn = () => {
          clearTimeout(timer);
          resolve(place());
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(turn), 1);
          reject(busy());
        }, limits.waitMs);
        waiting.push(turn);
      });
    },
  };
}
