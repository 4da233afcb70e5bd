import { AppError } from '../../core/index.js';

/** How many items a batch may have, at least 1. Made smaller for good when memory did not suffice. */
export interface BatchLimit {
  items: number;
}

type RunBatch<Item, Answer> = (batch: readonly Item[]) => Promise<readonly Answer[]>;

/**
 * Runs items in batches, in their order; the answers come in the same order. The next batch is made when all answers of the
 * one before have been taken, so that no more than one batch is in memory. A batch that memory does not suffice for is run
 * again in halves.
 * @param run answers one batch, with one answer for each item
 * @throws AppError `ENGINE_OUT_OF_MEMORY` of `run` when memory does not suffice for a single item
 */
export async function* inBatches<Item, Answer>(
  items: Iterable<Item>,
  limit: BatchLimit,
  run: RunBatch<Item, Answer>,
): AsyncGenerator<Answer> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < limit.items) continue;
    yield* inHalves(batch, limit, run);
    batch = [];
  }
  yield* inHalves(batch, limit, run);
}

async function* inHalves<Item, Answer>(
  batch: readonly Item[],
  limit: BatchLimit,
  run: RunBatch<Item, Answer>,
): AsyncGenerator<Answer> {
  for (let rest = batch; rest.length > 0;) {
    const part = rest.slice(0, limit.items);
    let answers;
    try {
      answers = await run(part);
    } catch (error) {
      if (part.length === 1 || !isOutOfMemory(error)) throw error;
      limit.items = Math.floor(part.length / 2);
      continue;
    }
    yield* answers;
    rest = rest.slice(part.length);
  }
}

/** True for what a session throws when memory does not suffice. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof AppError && error.code === 'ENGINE_OUT_OF_MEMORY';
}
