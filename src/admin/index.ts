/** The administrator's REST: one description an endpoint, one folder a subject. */
export { createAdmin } from './admin.js';
export { consoleRouter } from './console-router.js';
export type { Snapshots } from './events/snapshots.js';
export { type Actor, type Reply, type Role, ROLES } from './http/endpoint.js';
export { type AuditEntry, type MountParts, NOBODY } from './http/mount.js';
export { millisecondsOf } from './paging.js';
export type { AdminParts } from './parts.js';
export { openQueueBoard } from './queue/queue-board.js';
export { requestRun, type RunParts } from './studies/request-run.js';
