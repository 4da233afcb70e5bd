import { stringify } from 'yaml';
import { z } from 'zod';
import { parseRoutingRules, type RoutingConfig } from '../../routing/index.js';
import { AppError, type Channel } from '../../core/index.js';

/** Rules as somebody sends them. */
export const rulesField = z
  .union([z.string().max(500_000).describe('YAML or JSON as text; its comments are kept'), z.looseObject({})])
  .meta({
    id: 'RulesText',
    description: 'routing rules: what stands below `routing` in config/modalities.yaml',
  });

/**
 * Rules that hold, with the text they are kept as.
 * @param known channels that are described
 * @throws AppError `INVALID_REQUEST` naming what is wrong where
 */
export function mustBeRules(
  given: unknown,
  known: readonly Channel[],
): { readonly rules: RoutingConfig; readonly text: string } {
  const parsed = parseRoutingRules(given, known);
  if ('rules' in parsed) return { rules: parsed.rules, text: textOf(given) };
  const named = parsed.problems.slice(0, 5).map(({ path, message }) => `${path || 'rules'}: ${message}`);
  throw new AppError('INVALID_REQUEST', `The rules: ${named.join('; ')}`);
}

const textOf = (given: unknown) =>
  typeof given === 'string' ? given : stringify(given, { lineWidth: 110, aliasDuplicateObjects: false });
