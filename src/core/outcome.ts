import type { Channel } from './channel.js';

/** How a display unit or a study ended. */
export const OUTCOMES = ['segmented', 'empty', 'unsupported', 'failed', 'superseded'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What routing decided for one display unit, and why. */
export interface RouteDecision {
  /** The channel to run, or none when the unit is unsupported. */
  readonly channel: Channel | undefined;
  /** Confidence 0–1 of the decision. */
  readonly score: number;
  /** Sentences without health data, in the order the evidence was weighed. */
  readonly reasons: readonly string[];
  /** Where the decision came from. */
  readonly source: 'header' | 'pixels' | 'header+pixels' | 'none';
  /** True only when evidence on the body part supports writing an anatomic region that the channel leaves open. */
  readonly bodyPartConfirmed: boolean;
}

/** The result of one display unit. */
export interface UnitResult {
  readonly outcome: Exclude<Outcome, 'superseded'>;
  readonly channel?: Channel | undefined;
  readonly score?: number | undefined;
  readonly reasons: readonly string[];
  readonly sourceSeriesUid: string;
  readonly sourceInstanceUids: readonly string[];
  readonly segSeriesUid?: string | undefined;
  readonly segInstanceUid?: string | undefined;
  /** The report with measurements, where one was asked for. */
  readonly srSeriesUid?: string | undefined;
  readonly srInstanceUid?: string | undefined;
  /** Frames that carry foreground / frames processed. */
  readonly frames?: { readonly positive: number; readonly total: number } | undefined;
}
