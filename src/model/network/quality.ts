import type { LogitMap, Size } from './logit-map.js';
import { probabilityOf } from './probability.js';
import { addSlope } from './slopes.js';
import { noSums, type Sums } from './sums.js';

/**
 * How sure a mask is: the Dice that it can be expected to have, from what the network says itself. The figures and what is
 * made of them are part of the contract with the training code (`training/espmedsam/quality`), which found the weights.
 */

/** Figures of a mask that is not empty, and of one that is. */
export const MASK_FEATURES = ['inside', 'undecided', 'expected', 'area', 'presence', 'agreement'] as const;
export const EMPTY_FEATURES = ['peak', 'presence'] as const;

type Figure = (typeof MASK_FEATURES)[number] | (typeof EMPTY_FEATURES)[number];

/** The figures of one mask; those of an empty one but `peak` and `presence` are 0. */
export interface Features extends Readonly<Record<Figure, number>> {
  /** The mask's pixels. */
  readonly count: number;
}

/** A logistic line: sigmoid of bias + Σ weight × figure. */
export interface Line {
  readonly bias: number;
  readonly weights: Readonly<Partial<Record<Figure, number | undefined>>>;
}

/** A channel's numbers. */
export interface QualityRule {
  /** Predicted Dice of a mask that is not empty. */
  readonly mask: Line;
  /** Probability that an empty mask is right. */
  readonly empty: Line;
  /** Split-conformal bound: so many of the masks it was calibrated with are at least as good as it says. */
  readonly conformal: { readonly level: number; readonly quantile: number; readonly n: number };
  /** Predictions below are for a person to look at. */
  readonly reviewBelow: number;
}

/** What is expected of one mask. */
export interface Quality {
  /** Its Dice, 0–1; of an empty mask the probability that nothing was overlooked. */
  readonly predicted: number;
  /** What its Dice reaches in nine of ten cases (the rule's level); of an empty mask 0. */
  readonly lower: number;
  /** Whether a person should look at it. */
  readonly review: boolean;
}

/** Logits are taken between −10 and 10: beyond that they say no more. */
const LIMIT = 10;
/** A pixel is undecided while its probability lies between 1 − SURE and SURE. */
const SURE = 0.75;
/** Errors are measured in units of 1 + SPREAD − predicted: a low prediction may be off by more. */
const SPREAD = 0.05;

/** Adds a row of logits. @param mask of the whole picture, in which the row begins at `start` */
function addRow(sums: Sums, row: Float64Array, mask: Uint8Array, start: number): void {
  // Summed up in variables of its own: a number that an object holds may be made anew for every pixel.
  let count = 0;
  let inside = 0;
  let all = 0;
  let undecided = 0;
  let { peak } = sums;
  for (let x = 0; x < row.length; x += 1) {
    const logit = row[x]!;
    const probability = probabilityOf(logit);
    all += probability;
    if (logit > peak) peak = logit;
    if (probability >= 1 - SURE && probability <= SURE) undecided += 1;
    if (mask[start + x] === 0) continue;
    count += 1;
    inside += probability;
  }
  sums.count += count;
  sums.inside += inside;
  sums.all += all;
  sums.undecided += undecided;
  sums.peak = peak;
}

/** The sums of a whole mask. */
export function sumsOf(map: LogitMap, mask: Uint8Array): Sums {
  const sums = noSums();
  const { columns } = map;
  if (map.eachSlope) {
    map.eachSlope((y, from, to, start, rise, place) =>
      addSlope(sums, mask, y * columns, from, to, start, rise, place),
    );
  } else map.eachRow((y, row) => addRow(sums, row, mask, y * columns));
  return sums;
}

/** The figures of a mask, as cleaned. @param facts presence as a logit; agreement of the views, 0–1 */
export function featuresOf(
  { count, inside, all, undecided, peak }: Sums,
  { rows, columns }: Size,
  facts: { readonly presence?: number | undefined; readonly agreement?: number | undefined },
): Features {
  const known = { count, presence: clamped(facts.presence ?? 0), peak: clamped(peak) };
  if (count === 0) return { ...known, inside: 0, undecided: 0, expected: 0, area: 0, agreement: 0 };
  return {
    ...known,
    // Mean probability of the mask's pixels.
    inside: inside / count,
    // How broad the edge is.
    undecided: undecided / (undecided + count),
    // Logit of the Dice if every probability were right.
    expected: logitOf((2 * inside) / (all + count)),
    area: Math.log10(count / (rows * columns)),
    agreement: facts.agreement ?? 0,
  };
}

/** What a channel's rule expects of a mask with these figures. */
export function predict(rule: QualityRule, features: Features): Quality {
  const empty = features.count === 0;
  const predicted = valueAt(empty ? rule.empty : rule.mask, features);
  const bound = predicted - rule.conformal.quantile * (1 + SPREAD - predicted);
  const lower = empty ? 0 : Math.max(0, Math.min(predicted, bound));
  return { predicted, lower, review: predicted < rule.reviewBelow };
}

function valueAt({ bias, weights }: Line, features: Features): number {
  const names = Object.keys(weights) as Figure[];
  const sum = names.reduce((total, name) => total + (weights[name] ?? 0) * features[name], bias);
  return 1 / (1 + Math.exp(-sum));
}

function clamped(logit: number): number {
  return Math.max(-LIMIT, Math.min(LIMIT, logit));
}

function logitOf(share: number): number {
  if (share <= 0) return -LIMIT;
  if (share >= 1) return LIMIT;
  return clamped(Math.log(share / (1 - share)));
}
