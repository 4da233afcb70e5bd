import { contentRules } from './content-rules.js';
import { frameRules } from './frame-rules.js';
import { geometryRules } from './geometry-rules.js';
import { identityRules } from './identity-rules.js';
import { imageRules } from './image-rules.js';
import { referenceRules } from './reference-rules.js';
import type { Rule } from './rule.js';
import { segmentRules } from './segment-rules.js';

/** Every rule, in the order in which violations are told. */
export const RULES: readonly Rule[] = [
  ...identityRules,
  ...contentRules,
  ...imageRules,
  ...segmentRules,
  ...frameRules,
  ...geometryRules,
  ...referenceRules,
];
