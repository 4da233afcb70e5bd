/** Webhooks: others are told of results and alerts. */
export { startWebhooks, type Webhooks } from './start-webhooks.js';
export { webhookEndpoints } from './webhook-endpoints.js';
export { WEBHOOK_QUEUE } from './webhook-queue.js';
