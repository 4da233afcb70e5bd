/**
 * Runs items in batches, in their order; the answers come in the same order. The next batch is made when all answers of the
 * one before have been taken, so that no more than one batch is in memory.
 * @param size items of a batch, at least 1; the last one may be smaller
 * @param run answers one batch, with one answer for each item
 */
export async function* inBatches<Item, Answer>(
  items: Iterable<Item>,
  size: number,
  run: (batch: readonly Item[]) => Promise<readonly Answer[]>,
): AsyncGenerator<Answer> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield* await run(batch);
    batch = [];
  }
  if (batch.length > 0) yield* await run(batch);
}
