import { type Channel, type RouteDecision } from '../core/index.js';
import type { DetectorThresholds } from '../model/index.js';
import type { HeaderEvidence } from './header-evidence.js';
import type { PixelEvidence } from './pixel-evidence.js';
import type { RoutingRules } from './rules.js';

/**
 * Chooses the channel for a display unit, or none, from header and pixels:
 * a veto ends it; a strong header decides alone, pixels raise or lower the score; a weak header needs pixels that
 * agree; without header evidence the pixels decide alone, and must then be surer: whatever a hospital stores may come
 * without a word in its header, and a mask on it would be wrong in every case.
 * @param pixels undefined when the model has no detector
 * @param thresholds undefined when the model has no detector
 */
export function decide(
  header: HeaderEvidence,
  pixels: PixelEvidence | undefined,
  rules: Pick<RoutingRules, 'strong' | 'weak'>,
  thresholds: DetectorThresholds | undefined,
): RouteDecision {
  const given = [...header.reasons, ...describePixels(pixels)];
  if (header.veto !== undefined) {
    return unsupported(1, [...given, `rule ${header.veto.id}: ${header.veto.reason}`], 'header');
  }
  const { threshold, thresholdAlone } = thresholds ?? { threshold: 1, thresholdAlone: 1 };
  const believed = pixels !== undefined && pixels.probability >= threshold ? pixels : undefined;
  const ranked = Object.entries(header.scores)
    .map(([channel, score]) => ({ channel, score }))
    .sort((a, b) => b.score - a.score);
  const [first, second] = ranked;
  // Two channels strongly named contradict each other: then the pixels must settle it.
  const contradiction = second !== undefined && second.score >= rules.strong;
  if (first !== undefined && first.score >= rules.strong && !contradiction) {
    return byHeader(first, header, knows(pixels, first.channel) ? believed : undefined, given);
  }
  const candidates = ranked.filter(({ score }) => score >= (contradiction ? rules.strong : rules.weak));
  if (candidates.length > 0) return byBoth(candidates, header, pixels, believed, given);
  return byPixels(header, pixels, believed, thresholdAlone, given);
}

/** A detector may be older than a channel: of what it has never seen it can say nothing. */
function knows(pixels: PixelEvidence | undefined, channel: Channel): boolean {
  return pixels !== undefined && channel in pixels.probabilities;
}

interface Candidate {
  readonly channel: Channel;
  readonly score: number;
}

function byHeader(
  { channel, score }: Candidate,
  header: HeaderEvidence,
  believed: PixelEvidence | undefined,
  given: readonly string[],
): RouteDecision {
  if (believed === undefined)
    return chosen(channel, score, [...given, 'the header decides'], 'header', header);
  if (believed.best === channel) {
    return agreeing({ channel, score }, believed, header, given);
  }
  const lowered = score * (1 - believed.probability / 2);
  return chosen(
    channel,
    lowered,
    [...given, 'the header decides although the pixels disagree'],
    'header',
    header,
  );
}

function byBoth(
  candidates: readonly Candidate[],
  header: HeaderEvidence,
  pixels: PixelEvidence | undefined,
  believed: PixelEvidence | undefined,
  given: readonly string[],
): RouteDecision {
  if (pixels === undefined) {
    const reason = 'the header alone is not clear enough and the model has no modality detector';
    return unsupported(1 - candidates[0]!.score, [...given, reason], 'header');
  }
  const agreed = candidates.find(({ channel }) => channel === believed?.best);
  if (believed !== undefined && agreed !== undefined) {
    return agreeing(agreed, believed, header, given);
  }
  const reason = 'the header alone is not clear enough and the pixels do not confirm it';
  const probability = pixels.probabilities[candidates[0]!.channel] ?? 0;
  return unsupported(1 - probability, [...given, reason], 'header+pixels');
}

function agreeing(
  { channel, score }: Candidate,
  believed: PixelEvidence,
  header: HeaderEvidence,
  given: readonly string[],
): RouteDecision {
  const both = noisyOr(score, believed.probability);
  return chosen(channel, both, [...given, 'header and pixels agree'], 'header+pixels', header);
}

function byPixels(
  header: HeaderEvidence,
  pixels: PixelEvidence | undefined,
  believed: PixelEvidence | undefined,
  thresholdAlone: number,
  given: readonly string[],
): RouteDecision {
  if (pixels === undefined) {
    const reason = 'the header names no channel and the model has no modality detector';
    return unsupported(1, [...given, reason], 'none');
  }
  if (believed?.best === 'none') {
    return unsupported(
      believed.probability,
      [...given, 'the picture is of no kind the model knows'],
      'pixels',
    );
  }
  if (believed === undefined || believed.probability < thresholdAlone) {
    const reason = 'the header names no channel and the pixels are not clear enough to decide alone';
    return unsupported(1 - pixels.probability, [...given, reason], 'pixels');
  }
  return chosen(believed.best, believed.probability, [...given, 'the pixels decide'], 'pixels', header);
}

function chosen(
  channel: Channel,
  score: number,
  reasons: readonly string[],
  source: RouteDecision['source'],
  header: HeaderEvidence,
): RouteDecision {
  return { channel, score, reasons, source, bodyPartConfirmed: header.bodyPartConfirmed.includes(channel) };
}

function unsupported(
  score: number,
  reasons: readonly string[],
  source: RouteDecision['source'],
): RouteDecision {
  return { channel: undefined, score, reasons, source, bodyPartConfirmed: false };
}

function describePixels(pixels: PixelEvidence | undefined): readonly string[] {
  if (pixels === undefined) return [];
  const what = pixels.best === 'none' ? 'no kind that the model knows' : pixels.best;
  return [`pixels look like ${what} (probability ${pixels.probability.toFixed(2)})`];
}

function noisyOr(a: number, b: number): number {
  return 1 - (1 - a) * (1 - b);
}
