import { z } from 'zod';
import type { RoutingVersion, RoutingVersionSummary } from '../../routing/index.js';

export const versionSummary = z.object({
  version: z.int().min(0).describe('0: the file config/modalities.yaml'),
  at: z.string().nullable().describe('null for version 0'),
  actor: z.string().nullable(),
  comment: z.string(),
});

export const versionWhole = versionSummary.extend({
  text: z.string().describe('YAML as it was written, to be edited and put again'),
  rules: z.looseObject({}).describe('the same as a value'),
});

export const summaryOf = ({ version, at, actor, comment }: RoutingVersionSummary) => ({
  version,
  at: at ?? null,
  actor: actor ?? null,
  comment,
});

export const wholeOf = (read: RoutingVersion) => ({ ...summaryOf(read), text: read.text, rules: read.rules });

export const etagOf = (version: number) => `"${version}"`;
