/** Settings: read from file and environment, merged, checked, one typed value. */
export { archiveLoginKind, type ArchiveLoginKind } from './archive-login.js';
export { describeSettings, type SettingNotes } from './describe-settings.js';
export { environmentName } from './environment.js';
export { loadSettings } from './load-settings.js';
export { isOpen, isSurfaceOpen, settingWarnings } from './protect.js';
export { reconcileSeconds } from './reconcile-interval.js';
export type { Settings } from './schema.js';
export { sourceWarnings } from './source-warnings.js';
export { surfaceAccess } from './surfaces.js';
