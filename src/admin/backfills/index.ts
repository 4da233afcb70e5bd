/** Running many studies again, slowly. */
export { runBackfills } from './backfill-runner.js';
export { openBackfillStore, type BackfillStore } from './backfill-store.js';
export { backfillsEndpoints } from './backfills-endpoints.js';
