/** Who hears of what happens: webhooks, the event stream, the silent-feed alert. */
export { type EventClient, type EventHub, openEventHub } from './events/event-hub.js';
export { openSilentFeed, type SilentFeed } from './silent-feed/silent-feed.js';
export { startWebhooks } from './webhooks/start-webhooks.js';
