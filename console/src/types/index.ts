/** What the administrator's REST sends, as far as the console shows it. Names are the REST's own. */
export * from './session.js';
export * from './common.js';
export * from './studies.js';
export * from './live.js';
export * from './models.js';
export * from './routing.js';
export * from './upkeep.js';
export * from './webhooks.js';
