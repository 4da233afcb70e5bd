import { z } from 'zod';
import type { RoutingVersion, RoutingVersionSummary } from '../../routing/index.js';
import { channelName } from '../vocabulary.js';

export const versionSummary = z
  .object({
    version: z.int().min(0).describe('0: the file config/modalities.yaml'),
    at: z.string().nullable().describe('null for version 0'),
    actor: z.string().nullable(),
    comment: z.string(),
  })
  .meta({ id: 'RoutingVersionSummary' });

const condition = z.record(z.string(), z.array(z.string())).meta({
  id: 'RuleCondition',
  description: 'what the header must say, by key; all keys must hold, one value of each',
});

const rules = z
  .looseObject({
    strong: z.number().describe('the header alone decides from this score'),
    weak: z.number().describe('below this score the picture alone decides'),
    rules: z.array(z.object({ id: z.string(), channel: channelName, weight: z.number(), when: condition })),
    vetoes: z.array(z.object({ id: z.string(), reason: z.string(), when: condition })),
  })
  .meta({ id: 'RoutingRules' });

export const versionWhole = versionSummary
  .extend({
    text: z.string().describe('YAML as it was written, to be edited and put again'),
    rules: rules.describe('the same as a value'),
  })
  .meta({ id: 'RoutingVersion' });

export const summaryOf = ({ version, at, actor, comment }: RoutingVersionSummary) => ({
  version,
  at: at ?? null,
  actor: actor ?? null,
  comment,
});

export const wholeOf = (read: RoutingVersion) => ({ ...summaryOf(read), text: read.text, rules: read.rules });

export const etagOf = (version: number) => `"${version}"`;
