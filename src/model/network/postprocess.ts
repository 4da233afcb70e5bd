import { clean, type CleanRule } from './clean.js';
import type { LogitMap } from './logit-map.js';
import { featuresOf, predict, type Quality, type QualityRule, sumsOf } from './quality.js';
import { markSlope } from './slopes.js';

/** What is done with a channel's logits. */
export interface PostprocessRules {
  /** Probability 0–1 from which a pixel is foreground. */
  readonly threshold: number;
  /** Probability below which the picture has nothing to segment. */
  readonly presence?: { readonly threshold: number } | undefined;
  readonly clean?: CleanRule | undefined;
  readonly quality?: QualityRule | undefined;
}

/** What the network says of a picture beside its logits. */
export interface NetworkFacts {
  /** Logit that something is there. */
  readonly presence?: number | undefined;
  /** Dice of the single views with their mean, 0–1; known of channels with several views. */
  readonly agreement?: number | undefined;
}

/** A mask of one byte a pixel, row by row, and what is known of it. */
export interface Segmentation {
  readonly mask: Uint8Array;
  readonly positivePixels: number;
  /** Mean probability of the mask's pixels, 0–1; 0 when the mask is empty. */
  readonly meanProbability: number;
  /** Probability that something is there; only where the channel has a presence rule. */
  readonly presence?: number;
  /** Only where the channel has a quality rule. */
  readonly quality?: Quality;
}

/**
 * Makes a mask of logits: foreground where the probability reaches the threshold, nothing where nothing is there to find,
 * cleaned, and judged. In this order, as the training code does (`training/espmedsam/segmenter.py`).
 */
export function postprocess(map: LogitMap, rules: PostprocessRules, facts: NetworkFacts = {}): Segmentation {
  const presence = rules.presence && facts.presence;
  const isThere = presence === undefined || presence >= logitOf(rules.presence!.threshold);
  const likely = presence === undefined ? {} : { presence: 1 / (1 + Math.exp(-presence)) };
  const limit = isThere ? logitOf(rules.threshold) : Infinity;
  const mask = marked(map, limit);
  if (rules.clean) clean(mask, map, rules.clean);
  const features = featuresOf(sumsOf(map, mask), map, { presence, agreement: facts.agreement });
  const quality = rules.quality && predict(rules.quality, features);
  return {
    mask,
    positivePixels: features.count,
    meanProbability: features.inside,
    ...likely,
    ...(quality && { quality }),
  };
}

/** The pixels whose logit reaches the limit. */
function marked(map: LogitMap, limit: number): Uint8Array {
  const { rows, columns } = map;
  const mask = new Uint8Array(rows * columns);
  if (map.eachSlope) {
    map.eachSlope((y, from, to, start, rise, place) =>
      markSlope(mask, y * columns, limit, from, to, start, rise, place),
    );
  } else map.eachRow((y, row) => markRow(mask, y * columns, row, limit));
  return mask;
}

function markRow(mask: Uint8Array, start: number, row: Float64Array, limit: number): void {
  for (let x = 0; x < row.length; x += 1) if (row[x]! >= limit) mask[start + x] = 1;
}

function logitOf(probability: number): number {
  return Math.log(probability / (1 - probability));
}
