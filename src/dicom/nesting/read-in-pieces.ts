/** How many bytes a reading wants to see next, without taking them, or to pass over. */
export type Want = { readonly see: number } | { readonly skip: number };

/** Asks for bytes and gets those that it wanted to see. */
export type Reading = Generator<Want, void, Buffer>;

/** A reading of bytes that come in pieces. */
export interface Pieces {
  push(piece: Buffer): void;
  /** What has come and was not passed over, once the reading has ended: there it then stays. */
  rest(): Buffer;
  isDone(): boolean;
}

/**
 * Runs a reading as far as the bytes allow. At most what it wants to see is kept of them.
 * @param read gets how many bytes were passed over so far, as a function
 */
export function readInPieces(read: (position: () => number) => Reading): Pieces {
  let kept: Buffer = Buffer.alloc(0);
  let position = 0;
  /** What of a wanted skip is still to come; undefined while nothing is passed over. */
  let skip: number | undefined;
  const reading = read(() => position);
  let next = reading.next();

  function run(): void {
    while (!next.done) {
      const want = next.value;
      if ('see' in want) {
        if (kept.length < want.see) return;
        next = reading.next(kept.subarray(0, want.see));
        continue;
      }
      skip ??= want.skip;
      const taken = Math.min(skip, kept.length);
      kept = kept.subarray(taken);
      position += taken;
      skip -= taken;
      if (skip > 0) return;
      skip = undefined;
      next = reading.next(kept);
    }
  }

  return {
    push(piece) {
      kept = kept.length === 0 ? piece : Buffer.concat([kept, piece]);
      run();
    },
    rest: () => kept,
    isDone: () => next.done === true,
  };
}
