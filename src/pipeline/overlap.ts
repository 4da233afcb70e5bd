import { AppError } from '../core/index.js';

/** What an item of an overlapped line tells it, and hears of it. */
export interface Turn {
  /** To be called when the next item may begin; it begins at the latest when this one has ended. */
  readonly letNextBegin: () => void;
  /**
   * Waits until the item before has ended: what must be done in order comes after it.
   * @throws what the one before threw; AppError `CANCELLED` when nobody waits for results any more
   */
  readonly mine: () => Promise<void>;
  /** Whether nobody waits for results any more: the item is to end as soon as it can. */
  readonly isHalted: () => boolean;
}

interface UnderWay<Item, Result> {
  readonly item: Item;
  readonly ended: Promise<Result>;
  /** Settles when the item lets the next one begin or has ended; rejects as `ended` does. */
  readonly nextMayBegin: Promise<unknown>;
}

/**
 * Processes items so that the end of one overlaps with the beginning of the next: at most two are under way. Results come in the
 * order of the items. When one throws, or the caller leaves the loop, none is begun any more, and what is under way has ended
 * before the loop is left.
 * @param besides whether two items may be under way at the same time
 * @throws what the first item, in their order, threw
 */
export async function* overlap<Item, Result>(
  items: readonly Item[],
  process: (item: Item, turn: Turn) => Promise<Result>,
  besides: (one: Item, next: Item) => boolean,
): AsyncGenerator<Result, void> {
  let halted = false;
  let current: UnderWay<Item, Result> | undefined;
  let following: UnderWay<Item, Result> | undefined;

  function begin(item: Item, before: Promise<unknown> | undefined): UnderWay<Item, Result> {
    let letNextBegin = (): void => undefined;
    const isLet = new Promise<void>((resolve) => (letNextBegin = resolve));
    // Without its result, which is not to stay in memory until this one has ended.
    const over = before?.then(() => undefined);
    const mine = async () => {
      await over;
      if (halted) throw new AppError('CANCELLED', 'The run has ended');
    };
    const ended = process(item, { letNextBegin, mine, isHalted: () => halted });
    const nextMayBegin = Promise.race([isLet, ended]);
    // They are asked about in order.
    for (const promise of [ended, nextMayBegin, over]) promise?.catch(() => undefined);
    return { item, ended, nextMayBegin };
  }

  try {
    for (const item of items) {
      if (current && !besides(current.item, item)) {
        yield await current.ended;
        current = undefined;
      }
      await current?.nextMayBegin;
      following = begin(item, current?.ended);
      if (current) yield await current.ended;
      current = following;
    }
    if (current) yield await current.ended;
  } finally {
    halted = true;
    await Promise.allSettled([current?.ended, following?.ended]);
  }
}
