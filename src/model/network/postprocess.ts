import { clean, type CleanRule } from './clean.js';
import type { LogitMap } from './logit-map.js';
import { featuresOf, predict, type Quality, type QualityRule } from './quality.js';

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
  const raw = isThere ? foreground(map, rules.threshold) : nothing(map);
  const likely = presence === undefined ? {} : { presence: 1 / (1 + Math.exp(-presence)) };
  if (rules.clean === undefined && rules.quality === undefined) return { ...raw, ...likely };
  const { mask } = raw;
  clean(mask, map, rules.clean);
  const features = featuresOf(map, mask, { presence, agreement: facts.agreement });
  const quality = rules.quality && predict(rules.quality, features);
  return {
    mask,
    positivePixels: features.count,
    meanProbability: features.inside,
    ...likely,
    ...(quality && { quality }),
  };
}

function nothing({ rows, columns }: LogitMap): Segmentation {
  return { mask: new Uint8Array(rows * columns), positivePixels: 0, meanProbability: 0 };
}

function foreground(map: LogitMap, threshold: number): Segmentation {
  const limit = logitOf(threshold);
  const { mask } = nothing(map);
  let positivePixels = 0;
  let sum = 0;
  map.eachRow((y, row) => {
    for (let x = 0, at = y * map.columns; x < map.columns; x += 1, at += 1) {
      const logit = row[x]!;
      if (logit < limit) continue;
      mask[at] = 1;
      positivePixels += 1;
      sum += 1 / (1 + Math.exp(-logit));
    }
  });
  return { mask, positivePixels, meanProbability: positivePixels === 0 ? 0 : sum / positivePixels };
}

function logitOf(probability: number): number {
  return Math.log(probability / (1 - probability));
}
