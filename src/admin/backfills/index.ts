/** Running many studies again, slowly. */
export { backfillsEndpoints } from './backfills-endpoints.js';
