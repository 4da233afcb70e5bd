import { integralOf, probabilityOf } from './probability.js';
import type { Sums } from './sums.js';

/** Between two pixels of a steeper line probabilities bend too much to be integrated. */
const MAX_STEP = 0.5;
/** A line that rises less counts as its middle. */
const MIN_RISE = 1e-3;
/** Logits up to it, and down to its negative, are those of undecided pixels. */
const UNDECIDED = Math.log(3);

/**
 * Marks the pixels whose logit reaches the limit: exactly those that would be found one by one, because rounding keeps the order of
 * numbers, and so the line crosses the limit once.
 * @param at index of the row's first pixel
 */
export function markSlope(
  mask: Uint8Array,
  at: number,
  limit: number,
  from: number,
  to: number,
  start: number,
  rise: number,
  place: Float64Array,
): void {
  const first = start + rise * place[from]! >= limit;
  const last = start + rise * place[to - 1]! >= limit;
  if (first === last) {
    if (first) mask.fill(1, at + from, at + to);
    return;
  }
  let low = from;
  let high = to - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (start + rise * place[middle]! >= limit === first) low = middle;
    else high = middle;
  }
  if (first) mask.fill(1, at + from, at + high);
  else mask.fill(1, at + high, at + to);
}

/** Adds the pixels to the sums. @param at index of the row's first pixel */
export function addSlope(
  sums: Sums,
  mask: Uint8Array,
  at: number,
  from: number,
  to: number,
  start: number,
  rise: number,
  place: Float64Array,
): void {
  const first = start + rise * place[from]!;
  const last = start + rise * place[to - 1]!;
  const [least, most] = first < last ? [first, last] : [last, first];
  if (most > sums.peak) sums.peak = most;
  if (least <= UNDECIDED && most >= -UNDECIDED) {
    if (least >= -UNDECIDED && most <= UNDECIDED) sums.undecided += to - from;
    else
      for (let x = from; x < to; x += 1)
        if (Math.abs(start + rise * place[x]!) <= UNDECIDED) sums.undecided += 1;
  }
  for (let x = from; x < to;) {
    const value = mask[at + x]!;
    const begin = x;
    while (x < to && mask[at + x] === value) x += 1;
    const sum = probabilities(x - begin, start + rise * place[begin]!, start + rise * place[x - 1]!);
    sums.all += sum;
    if (value === 0) continue;
    sums.count += x - begin;
    sums.inside += sum;
  }
}

/**
 * The sum of the probabilities of evenly spaced logits, within 1e-6 of each: by the Euler–Maclaurin formula, so that the time it
 * takes does not grow with their number.
 */
function probabilities(count: number, first: number, last: number): number {
  const rise = last - first;
  if (Math.abs(rise) < MIN_RISE) return count * probabilityOf((first + last) / 2);
  const step = rise / (count - 1);
  if (Math.abs(step) > MAX_STEP || count < 4) {
    let sum = 0;
    for (let i = 0; i < count; i += 1) sum += probabilityOf(first + i * step);
    return sum;
  }
  const p = probabilityOf(first);
  const q = probabilityOf(last);
  // First and third derivative of the logistic function, as polynomials of itself.
  const dp = p * (1 - p);
  const dq = q * (1 - q);
  const third = dq * (1 - 6 * dq) - dp * (1 - 6 * dp);
  return (
    (integralOf(last) - integralOf(first)) / step +
    (p + q) / 2 +
    (step * (dq - dp)) / 12 -
    (step * step * step * third) / 720
  );
}
