/** The administrator's REST: one description an endpoint, one folder a subject. */
export { adminDocument, createAdmin } from './admin.js';
export { identifyCaller } from './access/index.js';
export type { AdminParts } from './parts.js';
export { consoleRouter, queueBoard } from './pages/index.js';
