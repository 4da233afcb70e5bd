import { type Channel, CHANNELS } from '../core/index.js';
import type { DetectResult } from '../model/index.js';

/** What the detector says about a display unit. */
export interface PixelEvidence {
  readonly best: Channel | 'none';
  /** Probability of `best`, 0–1. */
  readonly probability: number;
  readonly probabilities: Readonly<Record<Channel | 'none', number>>;
}

/**
 * Combines the detector's answers for frames of one display unit by their mean.
 * @returns undefined when the model has no detector or no frame was looked at
 */
export function pixelEvidence(answers: readonly DetectResult[]): PixelEvidence | undefined {
  const given = answers.filter((answer) => answer !== undefined);
  if (given.length === 0) return undefined;
  const classes = [...CHANNELS, 'none'] as const;
  const mean = (name: Channel | 'none') =>
    given.reduce((sum, answer) => sum + answer[name], 0) / given.length;
  const probabilities = Object.fromEntries(classes.map((name) => [name, mean(name)])) as Record<
    Channel | 'none',
    number
  >;
  const best = classes.reduce((top, name) => (probabilities[name] > probabilities[top] ? name : top));
  return { best, probability: probabilities[best], probabilities };
}
