import { type Channel } from '../core/index.js';
import type { DetectResult } from '../model/index.js';

/** What the detector says about a display unit; `none` stands for a picture of another kind. */
export interface PixelEvidence {
  readonly best: Channel;
  /** Probability of `best`, 0–1. */
  readonly probability: number;
  /** Of every kind that the detector knows. */
  readonly probabilities: Readonly<Record<Channel, number>>;
}

/**
 * Combines the detector's answers for frames of one display unit by their mean.
 * @returns undefined when the model has no detector or no frame was looked at
 */
export function pixelEvidence(answers: readonly DetectResult[]): PixelEvidence | undefined {
  const given = answers.filter((answer) => answer !== undefined);
  if (given.length === 0) return undefined;
  const classes = Object.keys(given[0]!);
  const mean = (name: Channel) => given.reduce((sum, answer) => sum + (answer[name] ?? 0), 0) / given.length;
  const probabilities = Object.fromEntries(classes.map((name) => [name, mean(name)]));
  const probabilityOf = (name: Channel) => probabilities[name] ?? 0;
  const best = classes.reduce((top, name) => (probabilityOf(name) > probabilityOf(top) ? name : top));
  return { best, probability: probabilityOf(best), probabilities };
}
