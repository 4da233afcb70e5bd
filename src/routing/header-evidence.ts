import { type Channel } from '../core/index.js';
import type { DicomJson } from '../dicom/index.js';
import { headerFacts, matchCondition } from './header-facts.js';
import type { RoutingRules } from './rules.js';

/** What a header says about which channel an image is for. */
export interface HeaderEvidence {
  /** 0–1 for each channel that a rule speaks for: the weights of all rules that hold, as `1 - Π(1 - weight)`. */
  readonly scores: Readonly<Record<Channel, number>>;
  /** One sentence for each rule that holds; quotes nothing but entries of the rules. */
  readonly reasons: readonly string[];
  /** Set when a body part is named that no channel was made for. */
  readonly veto: { readonly id: string; readonly reason: string } | undefined;
  /** Channels whose optional anatomic region the header supports. */
  readonly bodyPartConfirmed: readonly Channel[];
}

/** Weighs all rules against a header. */
export function headerEvidence(metadata: DicomJson, rules: RoutingRules): HeaderEvidence {
  const facts = headerFacts(metadata);
  const doubt = new Map<Channel, number>();
  const reasons: string[] = [];
  for (const rule of rules.rules) {
    const matched = matchCondition(facts, rule.when);
    if (matched === undefined) continue;
    doubt.set(rule.channel, (doubt.get(rule.channel) ?? 1) * (1 - rule.weight));
    reasons.push(
      `header rule ${rule.id} (${matched.join(', ')}) speaks for ${rule.channel}, weight ${rule.weight}`,
    );
  }
  const veto = rules.vetoes.find(({ when }) => matchCondition(facts, when) !== undefined);
  const channels = [...new Set(rules.rules.map(({ channel }) => channel))];
  return {
    scores: Object.fromEntries(channels.map((channel) => [channel, 1 - (doubt.get(channel) ?? 1)])),
    reasons,
    veto: veto && { id: veto.id, reason: veto.reason },
    bodyPartConfirmed: Object.keys(rules.bodyPartEvidence).filter((channel) => {
      return Object.entries(rules.bodyPartEvidence[channel] ?? {}).some(
        ([key, list]) => matchCondition(facts, { [key]: list }) !== undefined,
      );
    }),
  };
}
