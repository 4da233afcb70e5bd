/** What the pixels of a mask and their probabilities add up to. */
export interface Sums {
  count: number;
  inside: number;
  all: number;
  undecided: number;
  peak: number;
}

export function noSums(): Sums {
  return { count: 0, inside: 0, all: 0, undecided: 0, peak: -Infinity };
}
