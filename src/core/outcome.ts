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

/** How sure a result is. */
export interface ResultQuality {
  /** Dice 0–1 that can be expected of the mask; where nothing was found, the probability that nothing was overlooked. */
  readonly predicted: number;
  /** What the Dice reaches in nine of ten cases; 0 where nothing was found. */
  readonly lower: number;
  /** Whether a person should look at it. */
  readonly review: boolean;
}

/** Why a display unit could not be processed, from the catalogue of errors. */
export interface UnitFailure {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

/** The result of one display unit. */
export interface UnitResult {
  readonly outcome: Exclude<Outcome, 'superseded'>;
  readonly channel?: Channel | undefined;
  readonly score?: number | undefined;
  readonly reasons: readonly string[];
  /** Of a unit that an error ended. */
  readonly error?: UnitFailure | undefined;
  readonly sourceSeriesUid: string;
  readonly sourceInstanceUids: readonly string[];
  readonly segSeriesUid?: string | undefined;
  readonly segInstanceUid?: string | undefined;
  /** The report with measurements, where one was asked for. */
  readonly srSeriesUid?: string | undefined;
  readonly srInstanceUid?: string | undefined;
  /** SHA-256 of the frames that were looked at, as the archive gave them; absent where none was. */
  readonly pixelsSha256?: string | undefined;
  /** SHA-256 of what makes the SEG and the report what they are, as the archive returned them. */
  readonly segSha256?: string | undefined;
  readonly srSha256?: string | undefined;
  /** Frames that carry foreground / frames processed. */
  readonly frames?: { readonly positive: number; readonly total: number } | undefined;
  /** Of its most doubtful frame; only of channels whose quality the model can tell. */
  readonly quality?: ResultQuality | undefined;
}
