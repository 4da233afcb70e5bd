/** Settings and data tables, read once at the door and passed on as typed values. */
export { loadSettings } from './load-settings.js';
export { environmentName } from './environment.js';
export { describeSettings, type SettingNote, type SettingNotes } from './describe-settings.js';
export { isLoopback, settingWarnings } from './protect.js';
export { loadModalities, type ModalitiesConfig } from '../routing/modalities.js';
export { parseRoutingRules, routingText, type RoutingConfig, type RuleProblem } from '../routing/routing-rules.js';
export type { Settings } from './schema.js';
