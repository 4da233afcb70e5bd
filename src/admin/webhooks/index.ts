/** Webhooks: others are told of results and alerts. */
export { startWebhooks, type Webhooks } from '../../notify/webhooks/start-webhooks.js';
export { webhookEndpoints } from './webhook-endpoints.js';
export { WEBHOOK_QUEUE } from '../../store/webhooks/webhook-queue.js';
