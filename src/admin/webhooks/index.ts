/** Webhooks: others are told of results and alerts. */
export { webhookEndpoints } from './webhook-endpoints.js';
