/** The administrator's REST: one description an endpoint, one folder a subject. */
export { createAdmin } from './admin.js';
export { consoleRouter } from './console-router.js';
export type { AdminParts } from './parts.js';
export { openQueueBoard } from './queue/queue-board.js';
