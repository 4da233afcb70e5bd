/** Running many studies again, slowly. */
export { runBackfills } from '../../intake/backfills/backfill-runner.js';
export { openBackfillStore, type BackfillStore } from '../../store/backfills/backfill-store.js';
export { backfillsEndpoints } from './backfills-endpoints.js';
