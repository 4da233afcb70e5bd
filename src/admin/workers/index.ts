/** The workers that are alive, or were within the last hour. */
export { workersEndpoints } from './workers-endpoints.js';
