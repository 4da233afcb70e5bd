/** The administrator's REST: one description an endpoint, one folder a subject. */
export { adminDocument, createAdmin } from './admin.js';
export type { AdminDependencies } from './dependencies.js';
export { consoleRouter, queueBoard } from './pages/index.js';
