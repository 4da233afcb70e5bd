import type { ModelInput } from './manifest-schema.js';

/**
 * A picture seen mirrored as well: the answers, mirrored back, are averaged. Part of the contract with the training
 * code (`training/espmedsam/mirroring.py`), which chose the thresholds.
 */

/** Which ways a picture is mirrored; a channel with n views uses the first n. */
const MIRRORINGS = [
  { leftRight: false, upDown: false },
  { leftRight: true, upDown: false },
  { leftRight: false, upDown: true },
  { leftRight: true, upDown: true },
] as const;

/** An answer of the network: logits `[side, side]`, row by row. */
export interface Logits {
  readonly values: Float32Array;
  readonly side: number;
}

/** The mean of several answers, and how much they agree with it. */
export interface MeanLogits extends Logits {
  /** Pixels at a probability of 0.5 or more that a view has in common with the mean, summed over the views. */
  readonly common: number;
  /** Such pixels of the views and, as often, of the mean. */
  readonly both: number;
}

/**
 * A picture as so many views show it, one after the other.
 * @param image `[3, size, size]`, normalised; the first view is the image itself
 */
export function* viewsOf(
  image: Float32Array,
  { size }: Pick<ModelInput, 'size'>,
  views: number,
): Generator<Float32Array> {
  yield image;
  for (const mirroring of MIRRORINGS.slice(1, views)) yield mirror(image, size, mirroring);
}

/** The mean of the answers to the views of a picture, each mirrored back. @param found in the order of the views */
export function meanOverViews(found: readonly Logits[]): MeanLogits {
  const { values: first, side } = found[0]!;
  const answers = found.map(({ values }, i) => (i === 0 ? values : mirror(values, side, MIRRORINGS[i]!)));
  const mean = answers.length === 1 ? first : meanOf(answers);
  let [common, both] = [0, 0];
  for (const answer of answers) {
    for (let i = 0; i < mean.length; i += 1) {
      const [one, other] = [answer[i]! >= 0, mean[i]! >= 0];
      common += Number(one && other);
      both += Number(one) + Number(other);
    }
  }
  return { values: mean, side, common, both };
}

function meanOf(answers: readonly Float32Array[]): Float32Array {
  const sum = Float32Array.from(answers[0]!);
  for (const answer of answers.slice(1))
    for (let i = 0; i < sum.length; i += 1) sum[i] = sum[i]! + answer[i]!;
  return sum.map((value) => value / answers.length);
}

/** Mirrors every plane of `[planes, edge, edge]`. */
function mirror(
  planes: Float32Array,
  edge: number,
  { leftRight, upDown }: (typeof MIRRORINGS)[number],
): Float32Array {
  const mirrored = new Float32Array(planes.length);
  for (let start = 0; start < planes.length; start += edge) {
    const y = (start / edge) % edge;
    const to = upDown ? start + (edge - 1 - 2 * y) * edge : start;
    const row = planes.subarray(start, start + edge);
    mirrored.set(leftRight ? row.slice().reverse() : row, to);
  }
  return mirrored;
}
