/** Which channel a picture belongs to: rules, evidence, decision. */
export { classifySource } from './classify-source.js';
export { decide } from './decide.js';
export { type Explanation, explanationSchema } from './explanation.js';
export { headerEvidence, type HeaderEvidence } from './header-evidence.js';
export { loadModalities, type ModalitiesConfig, titleOf } from './modalities.js';
export { pixelEvidence, type PixelEvidence } from './pixel-evidence.js';
export { openRoutingInForce, type RoutingInForce } from './routing-in-force.js';
export { parseRoutingRules, type RoutingConfig, routingText } from './routing-rules.js';
export {
  openRoutingVersions,
  type RoutingVersion,
  type RoutingVersions,
  type RoutingVersionSummary,
} from './routing-versions.js';
