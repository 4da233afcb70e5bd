/** Who hears of what happens: webhooks, the event stream, the silent-feed alert. */
export { openDriftWatch } from './drift/watch-drift.js';
export { type EventClient, type EventHub, openEventHub } from './events/event-hub.js';
export { queueSnapshot, readSnapshots, workersSnapshot } from './events/snapshots.js';
export { openSilentFeed } from './silent-feed/silent-feed.js';
export { startWebhooks } from './webhooks/start-webhooks.js';
