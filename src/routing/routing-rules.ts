import { isMap, parse, parseDocument, Document } from 'yaml';
import { z } from 'zod';
import { type Channel, channelName, isUid } from '../core/index.js';
import { patternSize, problemOfPattern } from './description-pattern.js';

/** Instructions of all patterns together: an image meets them all within a few seconds at worst. */
const MAX_SIZE_OF_ALL = 20_000;

const pattern = z
  .string()
  .min(1)
  .max(200)
  .superRefine((text, context) => {
    const problem = problemOfPattern(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

const words = z.array(z.string().min(1).max(64)).min(1).max(500);

const condition = z
  .strictObject({
    sopClass: words.optional(),
    modality: words.optional(),
    bodyPart: words.optional(),
    region: words.optional(),
    stationName: words.optional(),
    manufacturerModelName: words.optional(),
    description: z.array(pattern).min(1).max(100).optional(),
  })
  .refine((when) => Object.values(when).some((value) => value !== undefined), {
    error: 'needs at least one key',
  });

const id = z.string().min(1).max(64);
// Reasons reach the ledger and the console: short, and our administrator's own words.
const reason = z.string().min(1).max(200);

/** The `routing` section of `modalities.yaml`, and what an administrator may put in its place. */
export const routingSchema = z
  .strictObject({
    strong: z.number().gt(0).max(1),
    weak: z.number().min(0).lt(1),
    sources: z
      .array(
        z.strictObject({
          uid: z.string().refine(isUid, { error: 'not a DICOM UID' }),
          name: z.string().max(100),
        }),
      )
      .min(1)
      .max(500),
    refused: z.array(z.strictObject({ modality: z.string().min(1).max(16), reason })).max(500),
    rules: z
      .array(z.strictObject({ id, channel: channelName, weight: z.number().gt(0).lt(1), when: condition }))
      .max(500),
    vetoes: z.array(z.strictObject({ id, when: condition, reason })).max(500),
    bodyPartEvidence: z.record(channelName, condition),
  })
  .refine(({ weak, strong }) => weak <= strong, { error: 'must not be above `strong`', path: ['weak'] })
  .refine(({ rules, vetoes }) => isUnique([...rules, ...vetoes].map((entry) => entry.id)), {
    error: 'an id is used twice',
    path: ['rules'],
  })
  .refine((routing) => sizeOfAll(routing) <= MAX_SIZE_OF_ALL, {
    error:
      'the patterns of all descriptions together can take too long: use fewer patterns or fewer repetitions',
    path: ['rules'],
  });

/** Routing rules that have been checked. */
export type RoutingConfig = z.infer<typeof routingSchema>;

/** What is wrong with rules, and where: `rules.3.when.description.0`. */
export interface RuleProblem {
  readonly path: string;
  readonly message: string;
}

const isUnique = (ids: readonly string[]) => new Set(ids).size === ids.length;

interface Patterns {
  readonly rules: readonly { readonly when: { readonly description?: readonly string[] | undefined } }[];
  readonly vetoes: Patterns['rules'];
}

function sizeOfAll({ rules, vetoes }: Patterns): number {
  return [...rules, ...vetoes]
    .flatMap(({ when }) => when.description ?? [])
    .reduce((sum, text) => sum + patternSize(text), 0);
}

/** Channels that rules name and nothing else is known of. */
export function unknownChannels(
  { rules, bodyPartEvidence }: Pick<RoutingConfig, 'rules' | 'bodyPartEvidence'>,
  known: readonly Channel[],
): readonly RuleProblem[] {
  const named = [
    ...rules.map(({ channel }, i) => ({ channel, path: `rules.${i}.channel` })),
    ...Object.keys(bodyPartEvidence).map((channel) => ({ channel, path: `bodyPartEvidence.${channel}` })),
  ];
  return named
    .filter(({ channel }) => !known.includes(channel))
    .map(({ channel, path }) => ({
      path,
      message: `no channel "${channel}" is described; described are ${known.join(', ')}`,
    }));
}

/**
 * Checks rules that somebody wrote.
 * @param given YAML or JSON as text, or the value it stands for; the `routing` section, with or without that key
 * @param known channels that `modalities.yaml` describes; without them any well-formed name will do
 */
export function parseRoutingRules(
  given: unknown,
  known?: readonly Channel[],
): { readonly rules: RoutingConfig } | { readonly problems: readonly RuleProblem[] } {
  let value = given;
  if (typeof given === 'string') {
    try {
      value = parse(given, { maxAliasCount: 0 });
    } catch (error) {
      const line = (error as { linePos?: readonly { line: number }[] }).linePos?.[0]?.line;
      return {
        problems: [{ path: '', message: `not YAML${line === undefined ? '' : `, see line ${line}`}` }],
      };
    }
  }
  if (isRecord(value) && Object.keys(value).length === 1 && 'routing' in value) value = value.routing;
  const result = routingSchema.safeParse(value);
  if (result.success) {
    const unknown = known === undefined ? [] : unknownChannels(result.data, known);
    return unknown.length === 0 ? { rules: result.data } : { problems: unknown };
  }
  const problems = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  return { problems };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The `routing` section of a `modalities.yaml` as YAML of its own, comments kept. */
export function routingText(modalitiesYaml: string): string {
  const { contents } = parseDocument(modalitiesYaml);
  const routing = isMap(contents) ? contents.get('routing', true) : undefined;
  return new Document(routing ?? null).toString({ lineWidth: 110 });
}
