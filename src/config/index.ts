/** Settings and data tables, read once at the door and passed on as typed values. */
export { loadSettings } from './load-settings.js';
export { environmentName } from './environment.js';
export { loadModalities, type ModalitiesConfig } from './modalities.js';
export type { Settings } from './schema.js';
