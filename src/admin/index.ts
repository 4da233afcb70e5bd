/** The administrator's REST interface. */
export { createAdmin } from './admin.js';
export { startWebhooks, type Webhooks } from './webhooks/index.js';
export { consoleRouter } from './console-router.js';
export type { AdminParts } from './parts.js';
export { openQueueBoard, type QueueBoard } from './queue/index.js';
export { openBackfillStore, runBackfills, type BackfillStore } from './backfills/index.js';
