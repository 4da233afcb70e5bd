import { setTimeout as wait } from 'node:timers/promises';

/** Whoever wants something of an engine, one after the other in the order asked. */
export interface EngineLine<Item, Answer> {
  /** Runs a task when all that stand before it are done. */
  alone<T>(task: () => Promise<T>): Promise<T>;
  /** Asks about an item when its turn comes; items behind it that can be asked about with it leave the line and go along. */
  together(item: Item): Promise<Answer>;
}

export interface EngineLineOptions<Item, Answer> {
  /** Called when nobody stands in line any more; where the last was a task, before anybody hears of its result. */
  readonly emptied: () => void;
  /** Whether two items can be asked about together. */
  readonly fits: (first: Item, other: Item) => boolean;
  /** How many can at present, with this one; at least 1. */
  readonly most: (first: Item) => number;
  /** How long an item whose turn has come waits for further ones at most; 0: never. */
  readonly waitMs: number;
  /** Asks about items that fit, at least one. @returns the answer to each, in their order */
  readonly ask: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Answer>[]>;
}

interface Place<Item, Answer> {
  readonly item: Item;
  readonly settle: (answer: PromiseSettledResult<Answer>) => void;
}

/**
 * While an engine is busy a line forms, so that batches fill by themselves. An item waits for company only where that can
 * bring something: when the items before it had company too (a loop whose frames come late, say), and nothing else stands in line.
 */
export function openEngineLine<Item, Answer>(
  options: EngineLineOptions<Item, Answer>,
): EngineLine<Item, Answer> {
  let last: Promise<unknown> = Promise.resolve();
  /** Tasks in line, the one under way included. */
  let tasks = 0;
  let places: Place<Item, Answer>[] = [];
  let hadCompany = false;
  let arrived: () => void = () => undefined;

  function alone<T>(task: () => Promise<T>): Promise<T> {
    tasks += 1;
    arrived();
    const result = last.then(task, task);
    const done = () => {
      if ((tasks -= 1) === 0) options.emptied();
    };
    last = result.then(done, done);
    return result;
  }

  const fitting = ({ item }: Place<Item, Answer>) =>
    places.filter((place) => options.fits(item, place.item)).slice(0, options.most(item));

  async function waitForCompany(first: Place<Item, Answer>): Promise<void> {
    const end = performance.now() + options.waitMs;
    while (hadCompany) {
      const standing = fitting(first).length;
      const rest = end - performance.now();
      if (standing >= options.most(first.item) || tasks > standing || rest <= 0) return;
      const waiting = new AbortController();
      const arrival = new Promise<void>((resolve) => (arrived = resolve));
      await Promise.race([arrival, wait(rest, undefined, { signal: waiting.signal }).catch(() => undefined)]);
      waiting.abort();
    }
  }

  async function go(first: Place<Item, Answer>): Promise<void> {
    await waitForCompany(first);
    const going = fitting(first);
    places = places.filter((place) => !going.includes(place));
    hadCompany = going.length > 1;
    const answers = await options.ask(going.map(({ item }) => item));
    going.forEach(({ settle }, i) => settle(answers[i]!));
  }

  return {
    alone,
    together(item) {
      return new Promise((resolve, reject) => {
        const settle = (answer: PromiseSettledResult<Answer>) =>
          answer.status === 'fulfilled' ? resolve(answer.value) : reject(answer.reason as Error);
        const place = { item, settle };
        places.push(place);
        // One that went along with an earlier one has nothing left to do.
        void alone(async () => {
          if (places.includes(place)) await go(place);
        });
      });
    },
  };
}
